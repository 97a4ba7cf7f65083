package dev.drawbridge.wallets;

import dev.drawbridge.platform.database.ComparisonKey;
import java.time.Instant;
import java.util.UUID;

/**
 * What one guest holds: one line of {@code wallets.wallets}.
 *
 * @param externalReference the partner's own number; empty when it gave none
 * @param name blank where the item's description stands in, read at the time of reading
 * @param priceExclMinor sum over the wallet, in minor units of the currency
 * @param manifestId random; whoever holds it may open the wallet's manifest once the order is issued
 */
public record Wallet(
        UUID walletId,
        UUID orderId,
        int generation,
        int lineNo,
        int seqNo,
        String referenceNumber,
        String referenceKey,
        String externalReference,
        String externalKey,
        String name,
        long priceExclMinor,
        long priceInclMinor,
        String currency,
        UUID manifestId,
        Instant issuedAt) {

    /** The same wallet under a (new) reference number. */
    public Wallet numbered(String newNumber) {
        return new Wallet(
                walletId,
                orderId,
                generation,
                lineNo,
                seqNo,
                newNumber,
                ComparisonKey.of(newNumber),
                externalReference,
                externalKey,
                name,
                priceExclMinor,
                priceInclMinor,
                currency,
                manifestId,
                issuedAt);
    }
}
