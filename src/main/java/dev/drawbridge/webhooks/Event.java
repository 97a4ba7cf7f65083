package dev.drawbridge.webhooks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Something that partners are told: one line of {@code webhooks.events}.
 *
 * @param sequence 1, 2, 3, ... per order, over all its events
 * @param payload as the contract's section 2.5 lists it: ids and states, no guest data
 */
public record Event(UUID orderId, int sequence, String name, Map<String, String> payload) {

    public Event {
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
    }
}
