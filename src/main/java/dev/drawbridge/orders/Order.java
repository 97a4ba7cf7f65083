package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order as it is stored, with what its job is doing right now.
 *
 * @param status as the outside sees it
 * @param documentNumber ours ({@code buyFromOrderReference}), {@code reference} is the partner's
 * @param generation grows with each replace and each re-issue; assets belong to one
 * @param eventSequence of the order's last event, 0 before the first
 * @param holdExpiresAt only of a Draft that holds capacity
 * @param manifestId from the first issuance on
 */
record Order(
        OrderId id,
        PartnerId partner,
        String reference,
        String documentNumber,
        OrderStatus status,
        StatusReason reason,
        SellTo sellTo,
        String paymentReference,
        List<OrderLine> lines,
        int generation,
        int eventSequence,
        String jobId,
        Optional<UUID> manifestId,
        Optional<Instant> holdExpiresAt,
        Instant receivedAt) {

    /** Why an order is in Error; both empty otherwise. The message is for the partner, never an internal text. */
    record StatusReason(String code, String message) {

        private static final int MESSAGE_CODE_POINTS_MAX = 500;

        static final StatusReason NONE = new StatusReason("", "");

        StatusReason {
            if (message.codePointCount(0, message.length()) > MESSAGE_CODE_POINTS_MAX) {
                throw new IllegalArgumentException("A status message has at most 500 characters: " + code);
            }
        }
    }

    Order {
        lines = List.copyOf(lines);
    }

    boolean isPaid() {
        return !paymentReference.isEmpty();
    }
}
