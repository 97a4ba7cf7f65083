package dev.drawbridge.platform.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Dates {@code YYYY-MM-DD} and times {@code HH:mm:ss} (24 h), local to a company, exactly in this form. */
public final class LocalFormats {

    private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME_FORM = Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private LocalFormats() {}

    /** Empty for another form and for a day that no calendar has, such as 2026-02-30. */
    public static Optional<LocalDate> date(String text) {
        if (!DATE_FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text, DATE));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    public static Optional<LocalTime> time(String text) {
        if (!TIME_FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(text, TIME));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    public static String time(LocalTime time) {
        return TIME.format(time);
    }

    /** Whether the zone's clocks show this local time at all: daylight saving skips some. */
    public static boolean exists(LocalDate date, LocalTime time, ZoneId zone) {
        return !zone.getRules().getValidOffsets(LocalDateTime.of(date, time)).isEmpty();
    }
}
