package dev.drawbridge.orders;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order in a list: without its items, and with {@code id} (the same as {@code orderId}) first.
 *
 * @param rowVersion with {@code sync=true} only: a decimal integer
 */
record OrderSummaryView(
        UUID id,
        UUID orderId,
        String status,
        String statusMessage,
        String statusCode,
        UUID partnerId,
        String sellToOrderReference,
        String buyFromOrderReference,
        Instant receivedAt,
        String sellToEmail,
        String sellToName,
        String sellToLanguage,
        String paymentReference,
        String jobId,
        @Nullable Instant holdExpiresAt,
        @Nullable String manifestUrl,
        @Nullable String rowVersion) {

    /** What stays of a deleted order in the change feed, for ever. */
    record Tombstone(UUID id, String rowVersion, boolean deleted) {}
}
