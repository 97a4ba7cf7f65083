package dev.drawbridge.ticketing;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rows that give one admission the same slot: the same start on a day that both cover, or, for one slot a day, any two
 * on such a day. Each would have a capacity of its own, and nobody could say which counts.
 */
final class ScheduleConflicts {

    private static final int WEEK_DAYS = 7;
    private static final LocalDate ANY_DAY = LocalDate.of(2024, 1, 1);

    private ScheduleConflicts() {}

    /** Rows that are in conflict with an earlier one, each with a sentence that says why. */
    static SortedMap<Integer, String> between(SortedMap<Integer, Schedule> rows, Set<LocalDate> closedOn) {
        var conflicts = new TreeMap<Integer, String>();
        rows.forEach((row, schedule) -> rows.headMap(row).entrySet().stream()
                .flatMap(earlier -> sentence(earlier, schedule, closedOn).stream())
                .findFirst()
                .ifPresent(sentence -> conflicts.put(row, sentence)));
        return conflicts;
    }

    private static Optional<String> sentence(
            Map.Entry<Integer, Schedule> earlier, Schedule later, Set<LocalDate> closedOn) {
        return commonStart(earlier.getValue(), later)
                .flatMap(start -> commonDay(earlier.getValue().days(), later.days(), closedOn)
                        .map(day -> "Row " + earlier.getKey() + " already gives a slot on days such as " + day + " at "
                                + start + "; change one of them."));
    }

    private static Optional<LocalTime> commonStart(Schedule one, Schedule other) {
        if (one.times() instanceof Schedule.Times.WholeDay(Schedule.Opening hours)) {
            return Optional.of(hours.start());
        }
        return starts(one)
                .filter(start -> starts(other).anyMatch(start::equals))
                .findFirst();
    }

    private static Stream<LocalTime> starts(Schedule schedule) {
        return schedule.openings().stream().map(Schedule.Opening::start);
    }

    /**
     * A day that both cover and that is not closed. Only so many days are tried that each weekday comes once more often
     * than there are closed days: if none of them is common, none is.
     */
    private static Optional<LocalDate> commonDay(Schedule.Days one, Schedule.Days other, Set<LocalDate> closedOn) {
        if (Collections.disjoint(one.weekdays(), other.weekdays())) {
            return Optional.empty();
        }
        long tries = (long) WEEK_DAYS * (closedOn.size() + 1);
        Optional<LocalDate> last = Stream.of(one.validUntil(), other.validUntil())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        LocalDate first = Stream.of(one.validFrom(), other.validFrom())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .or(() -> last.map(day -> day.minusDays(tries)))
                .orElse(ANY_DAY);
        return first.datesUntil(first.plusDays(tries + 1))
                .filter(day -> one.include(day) && other.include(day) && !closedOn.contains(day))
                .findFirst();
    }
}
