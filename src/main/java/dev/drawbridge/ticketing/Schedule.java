package dev.drawbridge.ticketing;

import static java.util.stream.Collectors.toSet;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A rule that gives an admission its slots.
 *
 * @param capacity places of each slot
 * @param written the row as it was written, as JSON: when it changes, its slots lose what was changed by hand
 */
public record Schedule(Days days, Times times, int capacity, String written) {

    /** The slots of each day that it covers, by start. */
    List<Opening> openings() {
        return times.openings();
    }

    /**
     * A slot that both rows give: the same start on a day that both cover. Of two rows with one slot a day, any slot on
     * such a day, for a day has one only.
     */
    Optional<LocalDateTime> commonSlot(Schedule other, ClosedDays closed) {
        return days.commonDay(other.days, closed)
                .flatMap(day -> commonStart(other).map(day::atTime));
    }

    private Optional<LocalTime> commonStart(Schedule other) {
        boolean oneSlotADay = times instanceof Times.WholeDay;
        Set<LocalTime> starts = other.openings().stream().map(Opening::start).collect(toSet());
        return openings().stream()
                .map(Opening::start)
                .filter(start -> oneSlotADay || starts.contains(start))
                .findFirst();
    }

    /** The days that a schedule covers; both bounds are inclusive, and open where empty. */
    public record Days(Set<DayOfWeek> weekdays, Optional<LocalDate> validFrom, Optional<LocalDate> validUntil) {

        private static final LocalDate ANY_DAY = LocalDate.of(2024, 1, 1);

        public Days {
            weekdays = Set.copyOf(weekdays);
        }

        boolean include(LocalDate date) {
            return weekdays.contains(date.getDayOfWeek())
                    && validFrom.filter(date::isBefore).isEmpty()
                    && validUntil.filter(date::isAfter).isEmpty();
        }

        /** The first day that both cover and that is not closed; of days without a beginning, any such day. */
        Optional<LocalDate> commonDay(Days other, ClosedDays closed) {
            Optional<LocalDate> last = Stream.of(validUntil, other.validUntil)
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder());
            // So far back that each weekday comes once more often than there are closed days.
            LocalDate first = Stream.of(validFrom, other.validFrom)
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder())
                    .or(() -> last.map(day -> day.minusWeeks(closed.count() + 1L)))
                    .orElse(ANY_DAY);
            return weekdays.stream()
                    .filter(other.weekdays::contains)
                    .map(weekday -> closed.firstOpen(weekday, first))
                    .filter(day -> last.filter(day::isAfter).isEmpty())
                    .min(Comparator.naturalOrder());
        }
    }

    /**
     * A stretch of a day on the local clock; it ends at midnight at the latest.
     *
     * @param lasts on the local clock, above zero; daylight saving makes it shorter or longer in real time
     */
    public record Opening(LocalTime start, Duration lasts) {

        private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

        public Opening {
            if (!lasts.isPositive() || !fits(start, lasts)) {
                throw new IllegalArgumentException("From " + start + " for " + lasts + " does not fit into a day");
            }
        }

        static boolean fits(LocalTime start, Duration lasts) {
            return start.toSecondOfDay() + lasts.toSeconds() <= DAY_SECONDS;
        }
    }

    /** When slots start and how long they last, the same on each day. */
    public sealed interface Times {

        List<Opening> openings();

        /** Starts one by one. */
        record Starts(List<LocalTime> at, Duration lasts) implements Times {

            public Starts {
                at = at.stream().sorted().toList();
            }

            @Override
            public List<Opening> openings() {
                return at.stream().map(start -> new Opening(start, lasts)).toList();
            }
        }

        /** Starts at regular intervals within opening hours; the last slot ends when the hours end, or before. */
        record Intervals(Opening hours, Duration every, Duration lasts) implements Times {

            @Override
            public List<Opening> openings() {
                long slackSeconds = hours.lasts().minus(lasts).toSeconds();
                if (slackSeconds < 0) {
                    return List.of();
                }
                return IntStream.rangeClosed(0, (int) (slackSeconds / every.toSeconds()))
                        .mapToObj(number -> new Opening(hours.start().plus(every.multipliedBy(number)), lasts))
                        .toList();
            }
        }

        /** One slot a day: {@link EntryKind#DAY}. */
        record WholeDay(Opening hours) implements Times {

            @Override
            public List<Opening> openings() {
                return List.of(hours);
            }
        }
    }

    /**
     * Days on which an admission has no slots, kept so that the next open one of a weekday is found without walking
     * over the closed ones: a thousand closed days are asked about by each pair of two hundred schedule rows.
     */
    static final class ClosedDays {

        /** Of each weekday, the first and the last of closed ones week after week. */
        private final Map<DayOfWeek, NavigableMap<LocalDate, LocalDate>> runs = new EnumMap<>(DayOfWeek.class);

        private final int count;

        ClosedDays(Collection<LocalDate> days) {
            this.count = days.size();
            days.stream().sorted().forEach(this::add);
        }

        private void add(LocalDate day) {
            NavigableMap<LocalDate, LocalDate> ofWeekday =
                    runs.computeIfAbsent(day.getDayOfWeek(), _ -> new TreeMap<>());
            Entry<LocalDate, LocalDate> last = ofWeekday.lastEntry();
            boolean goesOn = last != null && last.getValue().plusWeeks(1).equals(day);
            ofWeekday.put(goesOn ? last.getKey() : day, day);
        }

        int count() {
            return count;
        }

        /** The first such weekday that is open, this day or later. */
        LocalDate firstOpen(DayOfWeek weekday, LocalDate from) {
            LocalDate day = from.with(TemporalAdjusters.nextOrSame(weekday));
            NavigableMap<LocalDate, LocalDate> ofWeekday = runs.get(weekday);
            Entry<LocalDate, LocalDate> run = ofWeekday == null ? null : ofWeekday.floorEntry(day);
            return run == null || day.isAfter(run.getValue())
                    ? day
                    : run.getValue().plusWeeks(1);
        }
    }
}
