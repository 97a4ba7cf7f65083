package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Answer;
import java.util.UUID;

/**
 * Work of a request that is accepted in one transaction and answered only after others, such as {@code ?sync=1}: when
 * the connection or the node dies in between, a repeated request goes on from what was accepted.
 */
public interface LongWork {

    /** Accepts the order; runs in the transaction that keeps the Idempotency-Key. */
    UUID accept();

    /** Goes on after {@link #accept} has been committed; runs in no transaction. */
    Answer finish(UUID orderId);

    /** For a repeated request: the first one was accepted but never answered. Waits for the order or finishes it. */
    Answer resume(UUID orderId);
}
