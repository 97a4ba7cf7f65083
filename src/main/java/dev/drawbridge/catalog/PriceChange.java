package dev.drawbridge.catalog;

import java.math.BigDecimal;

/** What a price rule does to the list price, in the price's own VAT basis; the result is not rounded yet. */
sealed interface PriceChange {

    BigDecimal ONE_HUNDRED = BigDecimal.valueOf(100);

    BigDecimal applyTo(BigDecimal amount);

    /** Another price instead. */
    record Fixed(BigDecimal price) implements PriceChange {
        @Override
        public BigDecimal applyTo(BigDecimal amount) {
            return price;
        }
    }

    /** So much more, or less. */
    record Relative(BigDecimal difference) implements PriceChange {
        @Override
        public BigDecimal applyTo(BigDecimal amount) {
            return amount.add(difference);
        }
    }

    /** So many percent more, or less. */
    record Percent(BigDecimal percent) implements PriceChange {
        @Override
        public BigDecimal applyTo(BigDecimal amount) {
            return amount.multiply(ONE_HUNDRED.add(percent)).divide(ONE_HUNDRED);
        }
    }
}
