package dev.drawbridge.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When a delivery is tried again: the schedule of the Standard Webhooks specification. */
final class RetrySchedule {

    /** After the first attempt, after the second, ...; after the last there is no more. */
    static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** What a receiver may ask for at most. */
    static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

    /** So much more or less, so that deliveries that failed together do not return together. */
    static final double JITTER = 0.2;

    private RetrySchedule() {}

    /**
     * @param attempts so far
     * @param random from 0 to 1
     * @return empty when there is no further attempt: the delivery is dead
     */
    static Optional<Duration> delayAfter(int attempts, Optional<Duration> retryAfter, DoubleSupplier random) {
        if (attempts > DELAYS.size()) {
            return Optional.empty();
        }
        Duration delay = jittered(DELAYS.get(attempts - 1), random);
        return Optional.of(
                retryAfter.filter(asked -> asked.compareTo(delay) > 0).orElse(delay));
    }

    static Duration jittered(Duration delay, DoubleSupplier random) {
        double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }

    /** The header {@code Retry-After}: seconds or a date; an hour at most. */
    static Optional<Duration> retryAfter(String header, Instant now) {
        return duration(header.strip(), now)
                .filter(asked -> !asked.isNegative())
                .map(asked -> asked.compareTo(RETRY_AFTER_MAX) < 0 ? asked : RETRY_AFTER_MAX);
    }

    private static Optional<Duration> duration(String header, Instant now) {
        if (header.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
            return Optional.of(Duration.between(now, until));
        } catch (DateTimeParseException neither) {
            return Optional.empty();
        }
    }
}
