package dev.drawbridge.webhooks;

import dev.drawbridge.platform.outbound.OutboundAnswer;
import dev.drawbridge.platform.outbound.OutboundAnswer.Answered;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What an attempt means for its delivery. */
sealed interface Verdict {

    int GONE = 410;

    /** The word of a delivery that was not sent because nobody wants it any more. */
    String WEBHOOK_DISABLED = "webhook_disabled";

    /** The word of a delivery none of whose attempts came to an end: each time its node did. */
    String LEASE_LOST = "lease_lost";

    /** Until the look-ups of names that are under way should have ended. */
    Duration BUSY_PAUSE = Duration.ofSeconds(5);

    LastAttempt last();

    /** A status 2xx. */
    record Delivered(LastAttempt last) implements Verdict {}

    /**
     * Failed, and is tried again.
     *
     * @param pause for which the endpoint asked, for all that is sent to it
     */
    record Again(LastAttempt last, Duration delay, Optional<Duration> pause) implements Verdict {}

    /**
     * Failed for good.
     *
     * @param gone the endpoint wants nothing more at all
     */
    record Dead(LastAttempt last, boolean gone) implements Verdict {}

    /**
     * No real attempt was made, and not through the receiver's fault; it does not count.
     *
     * @param delay after which it is tried
     */
    record HandedBack(Duration delay) implements Verdict {

        @Override
        public LastAttempt last() {
            return new LastAttempt(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * @param attempts begun so far, this one included
     * @param now of this attempt, for dates in {@code Retry-After}
     * @param random from 0 to 1
     */
    static Verdict of(OutboundAnswer answer, int attempts, Instant now, DoubleSupplier random) {
        Optional<Integer> latency = Optional.of(Math.toIntExact(answer.latency().toMillis()));
        return switch (answer) {
            case Answered answered
            when answered.status() / 100 == 2 ->
                new Delivered(new LastAttempt(Optional.of(answered.status()), Optional.empty(), latency));
            case Answered answered -> {
                var last =
                        new LastAttempt(Optional.of(answered.status()), Optional.of(error(answered.status())), latency);
                Optional<Duration> wait =
                        answered.retryAfter().flatMap(header -> RetrySchedule.retryAfter(header, now));
                yield answered.status() == GONE ? new Dead(last, true) : failed(last, attempts, wait, random);
            }
            case Unanswered unanswered ->
                switch (unanswered.reason()) {
                    case STOPPED -> new HandedBack(Duration.ZERO);
                    case LOOK_UPS_BUSY -> new HandedBack(RetrySchedule.jittered(BUSY_PAUSE, random));
                    case TIMED_OUT, UNKNOWN_HOST, ADDRESS_REFUSED, NOT_CONNECTED, NO_TRUST, BROKEN ->
                        failed(
                                new LastAttempt(Optional.empty(), Optional.of(word(unanswered.reason())), latency),
                                attempts,
                                Optional.empty(),
                                random);
                };
        };
    }

    private static Verdict failed(LastAttempt last, int attempts, Optional<Duration> wait, DoubleSupplier random) {
        return RetrySchedule.delayAfter(attempts, wait, random)
                .<Verdict>map(delay -> new Again(last, delay, wait))
                .orElseGet(() -> new Dead(last, false));
    }

    private static String error(int status) {
        return status / 100 == 3 ? "redirect_not_followed" : "status_not_2xx";
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
