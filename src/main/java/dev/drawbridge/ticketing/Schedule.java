package dev.drawbridge.ticketing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A rule that gives an admission its slots: on which days, at which local times, with how many places each. */
public sealed interface Schedule {

    Days days();

    /** Places of each slot. */
    int capacity();

    /** The row as it was written, as JSON: when it changes, its slots lose what was changed by hand. */
    String written();

    /** The openings of each day, by start. */
    List<Opening> openings();

    /** Starts one by one, each for the same time. */
    record At(Days days, List<LocalTime> starts, Duration lasts, int capacity, String written) implements Schedule {

        public At {
            starts = starts.stream().sorted().toList();
        }

        @Override
        public List<Opening> openings() {
            return starts.stream().map(start -> new Opening(start, lasts)).toList();
        }
    }

    /** Starts at regular intervals within opening hours; the last opening ends when the hours end, or before. */
    record Every(Days days, Opening hours, Duration every, Duration lasts, int capacity, String written)
            implements Schedule {

        @Override
        public List<Opening> openings() {
            long slack = hours.lasts().minus(lasts).toSeconds();
            if (slack < 0) {
                return List.of();
            }
            return IntStream.rangeClosed(0, (int) (slack / every.toSeconds()))
                    .mapToObj(number -> new Opening(hours.start().plus(every.multipliedBy(number)), lasts))
                    .toList();
        }
    }

    /** One opening a day, for {@link EntryKind#DAY}. */
    record WholeDay(Days days, Opening hours, int capacity, String written) implements Schedule {

        @Override
        public List<Opening> openings() {
            return List.of(hours);
        }
    }

    /**
     * A stretch of a day on the local clock; it ends at midnight at the latest.
     *
     * @param lasts on the local clock, above zero; daylight saving makes it shorter or longer in real time
     */
    record Opening(LocalTime start, Duration lasts) {

        private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

        public Opening {
            if (!lasts.isPositive() || start.toSecondOfDay() + lasts.toSeconds() > DAY_SECONDS) {
                throw new IllegalArgumentException("From " + start + " for " + lasts + " does not fit into a day");
            }
        }
    }

    /** The days that a schedule covers; both bounds are inclusive, and open where empty. */
    record Days(Set<DayOfWeek> weekdays, Optional<LocalDate> validFrom, Optional<LocalDate> validUntil) {

        public Days {
            weekdays = Set.copyOf(weekdays);
        }

        boolean include(LocalDate date) {
            return weekdays.contains(date.getDayOfWeek())
                    && validFrom.filter(date::isBefore).isEmpty()
                    && validUntil.filter(date::isAfter).isEmpty();
        }
    }
}
