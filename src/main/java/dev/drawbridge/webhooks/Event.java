package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.TraceContext;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Something that partners are told: one line of {@code webhooks.events}.
 *
 * @param partner whose order; only its subscriptions and the operators' are told
 * @param sequence 1, 2, 3, ... per order, over all its events
 * @param payload as the API documents it: ids, states and numbers, no guest data
 * @param trace of the request that caused it; of a hold that expired, its own
 */
public record Event(
        OrderId order,
        PartnerId partner,
        int sequence,
        EventName name,
        Map<String, Object> payload,
        TraceContext trace) {

    public Event {
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
    }

    /** An event as it was recorded. */
    record Recorded(UUID id, Event event, Instant at) {}
}
