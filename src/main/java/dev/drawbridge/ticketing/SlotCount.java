package dev.drawbridge.ticketing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;

/**
 * How many slots some admissions have within so many days, on whatever day these begin. So what is accepted once is
 * accepted on every later day too. Closed days count as open ones.
 */
final class SlotCount {

    /** Schedules outside of these years count as if they began with the first and ended with the last. */
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2119, 12, 31);
    private static final int DAYS = (int) ChronoUnit.DAYS.between(FIRST, LAST) + 1;
    private static final int WEEKDAYS = DayOfWeek.values().length;

    /** Of each weekday, by how many slots a day has more than the day before. */
    private final long[][] change = new long[WEEKDAYS][DAYS + 1];

    private SlotCount() {}

    /** The most slots that these admissions have in so many days that follow each other. */
    static long most(Collection<Admission> admissions, int days) {
        var count = new SlotCount();
        admissions.stream()
                .filter(admission -> !admission.closed())
                .flatMap(admission -> admission.schedules().stream())
                .forEach(count::add);
        return count.mostWithin(days);
    }

    private void add(Schedule schedule) {
        int openings = schedule.openings().size();
        int from = index(schedule.days().validFrom(), FIRST);
        int until = index(schedule.days().validUntil(), LAST);
        for (DayOfWeek weekday : schedule.days().weekdays()) {
            change[weekday.ordinal()][from] += openings;
            change[weekday.ordinal()][until + 1] -= openings;
        }
    }

    private static int index(Optional<LocalDate> date, LocalDate otherwise) {
        long index = ChronoUnit.DAYS.between(FIRST, date.orElse(otherwise));
        return Math.clamp(index, 0, DAYS - 1);
    }

    private long mostWithin(int days) {
        long[] slots = new long[DAYS];
        long[] ofWeekday = new long[WEEKDAYS];
        int today = FIRST.getDayOfWeek().ordinal();
        long within = 0;
        long most = 0;
        for (int day = 0; day < DAYS; day++) {
            for (int weekday = 0; weekday < WEEKDAYS; weekday++) {
                ofWeekday[weekday] += change[weekday][day];
            }
            slots[day] = ofWeekday[today];
            within += slots[day] - (day < days ? 0 : slots[day - days]);
            most = Math.max(most, within);
            today = (today + 1) % WEEKDAYS;
        }
        return most;
    }
}
