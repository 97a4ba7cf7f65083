package dev.drawbridge.ticketing;

import dev.drawbridge.platform.time.LocalFormats;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which slots an admission has. Slots are made on the local clock: a start that daylight saving skips does not exist,
 * one that occurs twice is the earlier instant and exists once. A slot ends when the local clock shows its end; where
 * that is skipped, it ends at the instant of the change, and where it occurs twice, at the earlier. So slots that
 * follow each other on the clock never overlap in time, and each lasts longer than nothing.
 */
final class SlotCalendar {

    private SlotCalendar() {}

    /** The slots of these days, both inclusive, by day and then by start. */
    static List<PlannedSlot> slots(Admission admission, LocalDate from, LocalDate until, ZoneId zone) {
        if (admission.closed() || until.isBefore(from)) {
            return List.of();
        }
        return from.datesUntil(until.plusDays(1))
                .filter(date -> !admission.closedOn().contains(date))
                .flatMap(date -> slotsOfDay(admission, date, zone))
                .toList();
    }

    /**
     * The instant at which the zone's clocks show this: the earlier one where they show it twice, and the instant of
     * the change where they skip it. So a later local time never gives an earlier instant.
     */
    static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private static Stream<PlannedSlot> slotsOfDay(Admission admission, LocalDate date, ZoneId zone) {
        return admission.schedules().stream()
                .filter(schedule -> schedule.days().include(date))
                .flatMap(schedule -> schedule.openings().stream()
                        .filter(opening -> LocalFormats.exists(date, opening.start(), zone))
                        .map(opening -> slot(admission, schedule, date, opening, zone)))
                .sorted((one, other) -> one.start().compareTo(other.start()));
    }

    private static PlannedSlot slot(
            Admission admission, Schedule schedule, LocalDate date, Schedule.Opening opening, ZoneId zone) {
        LocalDateTime start = date.atTime(opening.start());
        return new PlannedSlot(
                admission.key(),
                date,
                opening.start(),
                instant(start, zone),
                instant(start.plus(opening.lasts()), zone),
                schedule.capacity(),
                schedule.written());
    }

    /**
     * How many slots some admissions have within so many days, on whatever day these begin. So what is accepted once is
     * accepted on every later day too. Closed days count as open ones.
     */
    static final class SlotCount {

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
                change[weekday.getValue() - 1][from] += openings;
                change[weekday.getValue() - 1][until + 1] -= openings;
            }
        }

        private static int index(Optional<LocalDate> date, LocalDate otherwise) {
            long index = ChronoUnit.DAYS.between(FIRST, date.orElse(otherwise));
            return Math.clamp(index, 0, DAYS - 1);
        }

        private long mostWithin(int days) {
            long[] slots = new long[DAYS];
            long[] ofWeekday = new long[WEEKDAYS];
            int today = FIRST.getDayOfWeek().getValue() - 1;
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
}
