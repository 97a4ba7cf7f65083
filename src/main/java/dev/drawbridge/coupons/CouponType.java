package dev.drawbridge.coupons;

import dev.drawbridge.platform.numbers.Numbering;
import java.time.Period;
import java.util.Optional;

/**
 * A kind of coupon, and the item that gives one when it is sold.
 *
 * @param key comparison key of the code
 * @param itemKey at most one type that is not retired has this item
 * @param validity from the visit date on, that day included; empty: that day only
 * @param retired kept for the coupons that exist; gives no new ones
 */
public record CouponType(
        String code,
        String key,
        String description,
        String itemKey,
        Discount discount,
        Numbering numbering,
        Optional<Period> validity,
        boolean retired) {}
