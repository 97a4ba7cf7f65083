package dev.drawbridge.catalog;

import static dev.drawbridge.catalog.CastleFixture.JOURNEY_DEALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All rounding is to 0.01, half up: the price that a rule made, then the price with or without VAT. */
class PriceRoundingTest {

    @ParameterizedTest
    @CsvSource({
        "0.04, 10, 4", // 0.044
        "0.05, 10, 6", // 0.055
        "0.06, 10, 7", // 0.066
        "0.02, 25, 3", // 0.025
        "99.99, 8.1, 10809" // 108.08919
    })
    void vat_on_top_is_rounded_half_up(BigDecimal amount, BigDecimal vat, long inclMinor) {
        assertThat(Pricing.unitPrice(new ListPrice(amount, false, vat)).inclMinor())
                .isEqualTo(inclMinor);
    }

    @ParameterizedTest
    @CsvSource({
        "0.02, 100, 1", // 0.01
        "0.03, 100, 2", // 0.015
        "0.04, 100, 2", // 0.02
        "1.00, 12, 89", // 0.892857
        "100.00, 19, 8403", // 84.033613
        "100.00, 8.875, 9185" // 91.848451
    })
    void vat_taken_out_is_rounded_half_up(BigDecimal amount, BigDecimal vat, long exclMinor) {
        assertThat(Pricing.unitPrice(new ListPrice(amount, true, vat)).exclMinor())
                .isEqualTo(exclMinor);
    }

    @Test
    void without_vat_both_prices_are_the_same() {
        assertThat(Pricing.unitPrice(new ListPrice(new BigDecimal("12.34"), true, BigDecimal.ZERO)))
                .isEqualTo(new UnitPrice(12_34, 12_34));
        assertThat(Pricing.unitPrice(new ListPrice(new BigDecimal("12.34"), false, BigDecimal.ZERO)))
                .isEqualTo(new UnitPrice(12_34, 12_34));
    }

    @ParameterizedTest
    @CsvSource({
        "percent: 0.4, 1.00", // 1.004
        "percent: 0.5, 1.01", // 1.005
        "percent: 0.6, 1.01", // 1.006
        "percent: -0.4, 1.00", // 0.996
        "percent: -0.5, 1.00", // 0.995
        "percent: -0.6, 0.99" // 0.994
    })
    void what_a_rule_gives_is_rounded_half_up(String change, String price) {
        assertThat(priceAfter(change, "1.00", true, 0)).isEqualTo(new UnitPrice(minor(price), minor(price)));
    }

    @Test
    void what_a_rule_gives_is_rounded_before_vat() {
        // 0.05 + 10 % = 0.055 -> 0.06; + 25 % = 0.075 -> 0.08. Rounded once, it would be 0.06875 -> 0.07.
        assertThat(priceAfter("percent: 10", "0.05", false, 25)).isEqualTo(new UnitPrice(6, 8));
    }

    @Test
    void a_rule_works_in_the_prices_own_vat_basis() {
        assertThat(priceAfter("relative: 10.00", "100.00", true, 25)).isEqualTo(new UnitPrice(88_00, 110_00));
        assertThat(priceAfter("relative: 10.00", "100.00", false, 25)).isEqualTo(new UnitPrice(110_00, 137_50));
        assertThat(priceAfter("fixed: 10.00", "100.00", true, 25)).isEqualTo(new UnitPrice(8_00, 10_00));
        assertThat(priceAfter("fixed: 10.00", "100.00", false, 25)).isEqualTo(new UnitPrice(10_00, 12_50));
    }

    @Test
    void each_asset_is_rounded_before_it_is_multiplied() {
        // 0.99 / 1.25 = 0.792 -> 0.79; three of them 2.37, though 2.376 would be 2.38.
        UnitPrice one = Pricing.unitPrice(new ListPrice(new BigDecimal("0.99"), true, BigDecimal.valueOf(25)));

        assertThat(one.times(3)).isEqualTo(new UnitPrice(2_37, 2_97));
    }

    @ParameterizedTest
    @CsvSource({
        "relative: -39.99, 0.01",
        "relative: -40.00, 0.00",
        "relative: -40.01, 0.00",
        "relative: -999999999.99, 0.00",
        "percent: -99.99, 0.00", // 0.004
        "percent: -100, 0.00",
        "fixed: 0.00, 0.00"
    })
    void no_price_is_below_zero(String change, String price) {
        assertThat(priceAfter(change, "40.00", true, 0).inclMinor()).isEqualTo(minor(price));
        assertThat(priceAfter(change, "40.00", false, 0).exclMinor()).isEqualTo(minor(price));
    }

    @Test
    void the_dearest_order_there_can_be_is_a_number_still() {
        UnitPrice dearest = priceAfter("percent: 1000", "999999999.99", false, 100);

        UnitPrice line = dearest.times(9_999);
        UnitPrice order = line.times(200);

        assertThat(order.inclMinor()).isPositive();
        assertThatThrownBy(() -> order.times(9_999)).isInstanceOf(ArithmeticException.class);
    }

    private static UnitPrice priceAfter(String change, String amount, boolean includesVat, int vat) {
        Item item = CastleFixture.item("""
                { number: '1', description: 'One', price: { amount: %s, includesVat: %s, vatPercent: %d },
                  priceRules: [ { %s } ] }
                """.formatted(amount, includesVat, vat, change));
        return Pricing.unitPrice(item, JOURNEY_DEALS, LocalDate.of(2027, 5, 12), LocalTime.NOON);
    }

    private static long minor(String price) {
        return Long.parseLong(price.replace(".", ""));
    }
}
