package dev.drawbridge.catalog;

import dev.drawbridge.platform.web.Forms;
import java.time.LocalTime;

/**
 * A part of a day.
 *
 * @param fromMinute minute of the day, inclusive
 * @param untilMinute minute of the day, exclusive; 1440 is the end of the day
 */
record TimeWindow(int fromMinute, int untilMinute) {

    static final TimeWindow WHOLE_DAY = new TimeWindow(0, Forms.MINUTES_OF_DAY);

    private static final int SECONDS_OF_MINUTE = 60;

    boolean contains(LocalTime time) {
        int minute = time.toSecondOfDay() / SECONDS_OF_MINUTE;
        return fromMinute <= minute && minute < untilMinute;
    }

    int minutes() {
        return untilMinute - fromMinute;
    }
}
