package dev.drawbridge.ticketing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Admissions and schedules as an operator would write them. */
final class AdmissionFixture {

    static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    static final Schedule.Days EVERY_DAY = days(DayOfWeek.values());

    private AdmissionFixture() {}

    static Admission timed(Duration tolerance, Schedule... schedules) {
        return admission(EntryKind.TIMED, tolerance, schedules);
    }

    static Admission timed(Schedule... schedules) {
        return admission(EntryKind.TIMED, Duration.ZERO, schedules);
    }

    static Admission day(Schedule... schedules) {
        return admission(EntryKind.DAY, Duration.ZERO, schedules);
    }

    static Admission closed(Admission open) {
        return new Admission(
                open.code(),
                open.key(),
                open.description(),
                open.entry(),
                open.tolerance(),
                open.entryFrom(),
                true,
                open.schedules(),
                open.closedOn());
    }

    static Admission closedOn(Admission open, LocalDate... days) {
        return new Admission(
                open.code(),
                open.key(),
                open.description(),
                open.entry(),
                open.tolerance(),
                open.entryFrom(),
                open.closed(),
                open.schedules(),
                Set.of(days));
    }

    private static Admission admission(EntryKind entry, Duration tolerance, Schedule... schedules) {
        return new Admission(
                "TOUR",
                "tour",
                "Guided tour",
                entry,
                tolerance,
                Duration.ofMinutes(15),
                false,
                List.of(schedules),
                Set.of());
    }

    static Schedule at(Duration lasts, int capacity, String... starts) {
        return at(EVERY_DAY, lasts, capacity, starts);
    }

    static Schedule at(Schedule.Days days, Duration lasts, int capacity, String... starts) {
        var times = new Schedule.Times.Starts(
                Stream.of(starts).map(LocalTime::parse).toList(), lasts);
        return schedule(days, times, capacity);
    }

    static Schedule every(Duration every, String from, Duration open) {
        return every(every, every, from, open);
    }

    static Schedule every(Duration every, Duration lasts, String from, Duration open) {
        var hours = new Schedule.Opening(LocalTime.parse(from), open);
        return schedule(EVERY_DAY, new Schedule.Times.Intervals(hours, every, lasts), 20);
    }

    static Schedule wholeDay(String from, Duration open) {
        var hours = new Schedule.Opening(LocalTime.parse(from), open);
        return schedule(EVERY_DAY, new Schedule.Times.WholeDay(hours), 5_000);
    }

    private static Schedule schedule(Schedule.Days days, Schedule.Times times, int capacity) {
        return new Schedule(days, times, capacity, days + " " + times + " " + capacity);
    }

    static Schedule.Days days(DayOfWeek... weekdays) {
        return new Schedule.Days(EnumSet.copyOf(Set.of(weekdays)), Optional.empty(), Optional.empty());
    }

    static Schedule.Days between(String validFrom, String validUntil) {
        return new Schedule.Days(
                EnumSet.allOf(DayOfWeek.class),
                Optional.of(LocalDate.parse(validFrom)),
                Optional.of(LocalDate.parse(validUntil)));
    }
}
