package dev.drawbridge.coupons;

import java.math.BigDecimal;

/** What a coupon is worth. */
public sealed interface Discount {

    /** So many minor units of the company's currency. */
    record Amount(long minor) implements Discount {}

    record Percent(BigDecimal percent) implements Discount {}
}
