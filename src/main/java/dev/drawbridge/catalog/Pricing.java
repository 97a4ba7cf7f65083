package dev.drawbridge.catalog;

import dev.drawbridge.platform.access.PartnerId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/**
 * What one asset costs: the list price, changed by at most one rule and rounded, then
 * VAT, rounded again. All rounding is to 0.01, half up; no price is below 0.
 */
public final class Pricing {

    private static final int DECIMALS = 2;
    private static final BigDecimal ONE_HUNDRED = BigDecimal.valueOf(100);

    private Pricing() {}

    /** An item's own price for a visit; zero for one without a price, and for a bundle, whose components are priced. */
    public static UnitPrice unitPrice(Item item, PartnerId seller, LocalDate visitDate, LocalTime visitTime) {
        return item.price()
                .map(price -> unitPrice(changed(price, ruleFor(item, seller, visitDate, visitTime))))
                .orElse(UnitPrice.ZERO);
    }

    /**
     * What one of a bundle's component costs: its own price in the bundle, untouched by rules, else its item's.
     *
     * @param item the component's
     * @param visitDate the component's own visit, as {@code visitTime}
     */
    public static UnitPrice unitPrice(
            Component component, Item item, PartnerId seller, LocalDate visitDate, LocalTime visitTime) {
        return component
                .unitPrice()
                .map(Pricing::unitPrice)
                .orElseGet(() -> unitPrice(item, seller, visitDate, visitTime));
    }

    /** A price that no rule touches. */
    public static UnitPrice unitPrice(ListPrice price) {
        BigDecimal amount = price.amount();
        BigDecimal withVat = ONE_HUNDRED.add(price.vatPercent());
        return price.includesVat()
                ? new UnitPrice(
                        minor(amount.multiply(ONE_HUNDRED).divide(withVat, DECIMALS, RoundingMode.HALF_UP)),
                        minor(amount))
                : new UnitPrice(minor(amount), minor(amount.multiply(withVat).divide(ONE_HUNDRED)));
    }

    private static Optional<PriceRule> ruleFor(Item item, PartnerId seller, LocalDate visitDate, LocalTime visitTime) {
        return item.priceRules().stream()
                .filter(rule -> rule.appliesTo(seller, visitDate, visitTime))
                .reduce((earlier, later) -> PriceRule.NARROWER_FIRST.compare(earlier, later) < 0 ? earlier : later);
    }

    private static ListPrice changed(ListPrice price, Optional<PriceRule> rule) {
        return rule.map(found -> found.change().applyTo(price.amount()))
                .map(amount -> amount.setScale(DECIMALS, RoundingMode.HALF_UP).max(BigDecimal.ZERO))
                .map(amount -> new ListPrice(amount, price.includesVat(), price.vatPercent()))
                .orElse(price);
    }

    private static long minor(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }
}
