package dev.drawbridge.orders;

import dev.drawbridge.orders.Order.Line.ComponentVisit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as the API shows it, its order of properties included. Null is left out. */
record OrderView(
        UUID orderId,
        String status,
        String statusMessage,
        String statusCode,
        UUID partnerId,
        String sellToOrderReference,
        String buyFromOrderReference,
        Instant receivedAt,
        List<ItemView> items,
        String sellToEmail,
        String sellToName,
        String sellToLanguage,
        String paymentReference,
        String jobId,
        @Nullable Instant holdExpiresAt,
        @Nullable String manifestUrl) {

    /** @param componentSchedule null where no entries were submitted */
    record ItemView(
            int lineNo,
            String itemNumber,
            String description,
            boolean isPackage,
            int quantity,
            LocalDate visitDate,
            LocalTime visitTime,
            List<WalletView> wallets,
            String sellToName,
            String sellToEmail,
            String sellToLanguage,
            @Nullable List<ComponentVisit> componentSchedule) {}

    /** Before issuance a shell: what is not known yet is null. */
    record WalletView(
            int seqNo,
            List<AssetView> assets,
            @Nullable UUID walletId,
            @Nullable String walletReferenceNumber,
            @Nullable String externalReferenceNumber,
            @Nullable String name,
            @Nullable Instant issuedAt,
            @Nullable BigDecimal unitPriceExclVat,
            @Nullable BigDecimal unitPriceInclVat,
            @Nullable String currencyCode,
            @Nullable String manifestUrl) {

        static WalletView shell(int seqNo, String externalReference, String name) {
            return new WalletView(
                    seqNo,
                    List.of(),
                    null,
                    null,
                    externalReference,
                    name.isEmpty() ? null : name,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /** @param slots of a ticket: every slot bound; null for a coupon */
    record AssetView(
            UUID id,
            String type,
            UUID assetId,
            String referenceNumber,
            String itemNumber,
            String description,
            Instant validFrom,
            Instant validUntil,
            @Nullable List<SlotView> slots) {}

    record SlotView(UUID slotId, String admissionCode, Instant startsAt, Instant endsAt) {}

    /** An order in a list: without its items, and with {@code id} (the same as {@code orderId}) first. */
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
            @Nullable String manifestUrl) {}
}
