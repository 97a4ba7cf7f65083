package dev.drawbridge.orders;

import dev.drawbridge.webhooks.Event;
import java.util.LinkedHashMap;
import java.util.Map;

/** The events of an order's life, with the payload of section 2.5 of the contract. */
final class OrderEvents {

    private OrderEvents() {}

    /** The order settled as Issued, Draft or Error; the order as it is after that, its event sequence included. */
    static Event processed(Order settled) {
        return event("ota_cm_order_processed", settled);
    }

    static Event cancelled(Order cancelled) {
        return event("ota_cm_order_cancelled", cancelled);
    }

    static Event holdExpired(Order draft) {
        return event("ota_cm_order_hold_expired", draft);
    }

    private static Event event(String name, Order order) {
        Map<String, String> payload = new LinkedHashMap<>();
        payload.put("orderId", order.id().toString());
        payload.put("buyFromOrderReference", order.identity().documentNumber());
        payload.put("status", order.status().word());
        payload.put("statusCode", order.state().reason().code());
        payload.put("sellToOrderReference", order.identity().reference());
        payload.put("partnerId", order.partner().toString());
        return new Event(order.id().value(), order.state().eventSequence(), name, payload);
    }
}
