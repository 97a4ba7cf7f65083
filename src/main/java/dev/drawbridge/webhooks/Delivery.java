package dev.drawbridge.webhooks;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One telling of one event to one subscription.
 *
 * @param id the {@code webhook-id}, the same in every attempt
 * @param order empty for a ping
 * @param last empty before the first attempt
 * @param nextAttemptAt of a pending one; not before the deliveries of its order that come first
 */
record Delivery(
        UUID id,
        UUID subscription,
        UUID eventId,
        String eventName,
        Optional<UUID> order,
        State state,
        int attempts,
        LastAttempt last,
        Optional<Instant> nextAttemptAt,
        Instant createdAt) {

    /**
     * How the last attempt ended.
     *
     * @param status of the answer, if there was one
     * @param error a word for what went wrong, if something did
     */
    record LastAttempt(Optional<Integer> status, Optional<String> error, Optional<Integer> latencyMillis) {}

    enum State {
        PENDING,
        DELIVERED,
        DEAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A delivery that is to be made.
     *
     * @param lane the order, of a ping the delivery itself: what is in one lane goes out one after the other
     * @param partner whose order; the nil id for a ping
     * @param body as it is signed and sent, every time
     */
    record New(
            UUID id,
            UUID subscription,
            UUID endpoint,
            UUID lane,
            UUID partner,
            int sequence,
            UUID eventId,
            String eventName,
            Optional<UUID> order,
            String body) {}
}
