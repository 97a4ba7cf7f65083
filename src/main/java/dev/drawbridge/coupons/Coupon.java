package dev.drawbridge.coupons;

import dev.drawbridge.platform.database.ComparisonKey;
import java.time.Instant;
import java.util.UUID;

/**
 * A coupon as it is issued: one line of {@code coupons.coupons}.
 *
 * @param issued false for a Draft's coupon, which cannot be redeemed
 */
public record Coupon(
        UUID couponId,
        UUID orderId,
        int generation,
        int lineNo,
        int seqNo,
        int componentNo,
        String number,
        String numberKey,
        String couponTypeKey,
        String itemKey,
        boolean issued,
        Instant validFrom,
        Instant validUntil) {

    /** The same coupon under a (new) number. */
    public Coupon numbered(String newNumber) {
        return new Coupon(
                couponId,
                orderId,
                generation,
                lineNo,
                seqNo,
                componentNo,
                newNumber,
                ComparisonKey.of(newNumber),
                couponTypeKey,
                itemKey,
                issued,
                validFrom,
                validUntil);
    }
}
