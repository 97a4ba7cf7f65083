package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "5, PT5H", "6, PT10H", "7, PT14H", "8, PT20H", "9, PT24H"})
    void each_attempt_but_the_tenth_is_followed_by_another_give_or_take_a_fifth(int attempts, Duration delay) {
        assertThat(RetrySchedule.delayAfter(attempts, Optional.empty(), () -> 0.5))
                .contains(delay);
        assertThat(RetrySchedule.delayAfter(attempts, Optional.empty(), () -> 0.0))
                .contains(delay.multipliedBy(8).dividedBy(10));
        assertThat(RetrySchedule.delayAfter(attempts, Optional.empty(), () -> 1.0))
                .contains(delay.multipliedBy(12).dividedBy(10));
    }

    @Test
    void after_the_tenth_there_is_none() {
        assertThat(RetrySchedule.delayAfter(10, Optional.of(Duration.ofSeconds(1)), () -> 0.5))
                .isEmpty();
    }

    @Test
    void a_receiver_may_ask_for_more_time_but_not_for_less() {
        assertThat(RetrySchedule.delayAfter(1, Optional.of(Duration.ofMinutes(2)), () -> 0.5))
                .contains(Duration.ofMinutes(2));
        assertThat(RetrySchedule.delayAfter(4, Optional.of(Duration.ofMinutes(2)), () -> 0.5))
                .contains(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "120, PT2M",
        "3600, PT1H",
        "3601, PT1H",
        "999999999, PT1H",
        "'Sat, 21 Nov 2026 10:02:00 GMT', PT2M",
        "'Sat, 21 Nov 2026 20:00:00 GMT', PT1H",
    })
    void it_may_ask_in_seconds_or_by_a_date_for_an_hour_at_most(String header, Duration wait) {
        assertThat(RetrySchedule.retryAfter(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.5", "soon", "''", "99999999999", "'Sat, 21 Nov 2026 09:00:00 GMT'"})
    void what_is_neither_or_over_says_nothing(String header) {
        assertThat(RetrySchedule.retryAfter(header, NOW)).isEmpty();
    }
}
