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

    /** The order once it has been issued: Issued if it is paid, else a Draft. */
    Order issued(String byJob, UUID manifest, Optional<Instant> holdUntil) {
        return settled(isPaid() ? OrderStatus.ISSUED : OrderStatus.DRAFT, StatusReason.NONE, byJob)
                .with(Optional.of(manifest), holdUntil);
    }

    /** The order once it could not be issued. */
    Order refused(String byJob, StatusReason why) {
        return settled(OrderStatus.ERROR, why, byJob).with(Optional.empty(), Optional.empty());
    }

    /** The order once it has been cancelled: no job, no manifest, no hold. */
    Order cancelled() {
        return settled(OrderStatus.CANCELLED, StatusReason.NONE, "").with(Optional.empty(), Optional.empty());
    }

    /** The Draft once its hold has expired. */
    Order withoutHold() {
        return settled(status, reason, jobId).with(manifestId, Optional.empty());
    }

    /** A settled change has an event, so it moves the sequence. */
    private Order settled(OrderStatus to, StatusReason why, String byJob) {
        return new Order(
                id,
                partner,
                reference,
                documentNumber,
                to,
                why,
                sellTo,
                paymentReference,
                lines,
                generation,
                eventSequence + 1,
                byJob,
                manifestId,
                holdExpiresAt,
                receivedAt);
    }

    private Order with(Optional<UUID> manifest, Optional<Instant> holdUntil) {
        return new Order(
                id,
                partner,
                reference,
                documentNumber,
                status,
                reason,
                sellTo,
                paymentReference,
                lines,
                generation,
                eventSequence,
                jobId,
                manifest,
                holdUntil,
                receivedAt);
    }
}
