package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.ticketing.Schedule.ClosedDays;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On which days two schedule rows meet. */
class ClosedDaysTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);

    @Test
    void a_closed_day_is_passed_and_so_is_a_row_of_them() {
        var closed = new ClosedDays(List.of(MONDAY.plusWeeks(1), MONDAY, MONDAY.plusWeeks(3), MONDAY.plusDays(1)));

        assertThat(closed.firstOpen(DayOfWeek.MONDAY, MONDAY.minusDays(7))).isEqualTo(MONDAY.minusDays(7));
        assertThat(closed.firstOpen(DayOfWeek.MONDAY, MONDAY.minusDays(6))).isEqualTo(MONDAY.plusWeeks(2));
        assertThat(closed.firstOpen(DayOfWeek.MONDAY, MONDAY)).isEqualTo(MONDAY.plusWeeks(2));
        assertThat(closed.firstOpen(DayOfWeek.MONDAY, MONDAY.plusDays(15))).isEqualTo(MONDAY.plusWeeks(4));
        assertThat(closed.firstOpen(DayOfWeek.TUESDAY, MONDAY)).isEqualTo(MONDAY.plusDays(8));
        assertThat(closed.firstOpen(DayOfWeek.SUNDAY, MONDAY)).isEqualTo(MONDAY.plusDays(6));
    }

    @Test
    void rows_that_follow_each_other_have_no_day_in_common_however_many_are_closed() {
        Set<LocalDate> closed =
                IntStream.range(0, 1_000).mapToObj(MONDAY::plusDays).collect(Collectors.toSet());

        assertThat(days(0, 9).commonDay(days(10, 19), new ClosedDays(closed))).isEmpty();
        assertThat(days(0, 999).commonDay(days(10, 2_000), new ClosedDays(closed)))
                .isEmpty();
        assertThat(days(0, 1_000).commonDay(days(10, 2_000), new ClosedDays(closed)))
                .contains(MONDAY.plusDays(1_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_common_day_is_the_first_that_a_walk_over_all_days_finds(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Set<LocalDate> closed = new HashSet<>();
            IntStream.range(0, random.nextInt(60)).forEach(_ -> closed.add(MONDAY.plusDays(random.nextInt(90))));
            Schedule.Days one = anyDays(random);
            Schedule.Days other = anyDays(random);

            Optional<LocalDate> walked = Stream.iterate(MONDAY.minusDays(10), day -> day.plusDays(1))
                    .limit(200)
                    .filter(day -> one.include(day) && other.include(day) && !closed.contains(day))
                    .findFirst();

            assertThat(one.commonDay(other, new ClosedDays(closed))).isEqualTo(walked);
        }
    }

    private static Schedule.Days anyDays(Random random) {
        EnumSet<DayOfWeek> weekdays = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        IntStream.range(0, random.nextInt(4)).forEach(_ -> weekdays.add(DayOfWeek.of(1 + random.nextInt(7))));
        int from = random.nextInt(80);
        return new Schedule.Days(
                weekdays,
                Optional.of(MONDAY.plusDays(from)),
                Optional.of(MONDAY.plusDays(from + (long) random.nextInt(40))));
    }

    private static Schedule.Days days(int from, int until) {
        return new Schedule.Days(
                EnumSet.allOf(DayOfWeek.class),
                Optional.of(MONDAY.plusDays(from)),
                Optional.of(MONDAY.plusDays(until)));
    }
}
