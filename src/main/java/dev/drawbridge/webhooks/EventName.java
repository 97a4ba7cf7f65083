package dev.drawbridge.webhooks;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What partners can be told. */
public enum EventName {
    ORDER_PROCESSED("ota_cm_order_processed"),
    ORDER_CANCELLED("ota_cm_order_cancelled"),
    ORDER_HOLD_EXPIRED("ota_cm_order_hold_expired"),
    TICKET_ADMITTED("ota_cm_ticket_admitted");

    /** What a subscription to all of them says. */
    static final String ALL = "*";

    /** Sent on request, to see whether an endpoint works; nobody subscribes to it. */
    static final String PING = "ping";

    private final String word;

    EventName(String word) {
        this.word = word;
    }

    /** The name in the API. */
    public String word() {
        return word;
    }

    static boolean canBeSubscribedTo(String name) {
        return name.equals(ALL) || Arrays.stream(values()).anyMatch(known -> known.word.equals(name));
    }

    /** For people: everything that can be subscribed to. */
    static String words() {
        return Arrays.stream(values()).map(EventName::word).collect(Collectors.joining(", ")) + " or " + ALL;
    }
}
