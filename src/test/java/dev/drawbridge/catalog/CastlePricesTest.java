package dev.drawbridge.catalog;

import static dev.drawbridge.catalog.CastleFixture.ADMISSION;
import static dev.drawbridge.catalog.CastleFixture.CASTLE;
import static dev.drawbridge.catalog.CastleFixture.CHILD;
import static dev.drawbridge.catalog.CastleFixture.CITY_PASS_NORD;
import static dev.drawbridge.catalog.CastleFixture.FAMILY_DAY;
import static dev.drawbridge.catalog.CastleFixture.JOURNEY_DEALS;
import static dev.drawbridge.catalog.CastleFixture.SHOP_DISCOUNT;
import static dev.drawbridge.catalog.CastleFixture.TOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.access.PartnerId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the castle's items cost. */
class CastlePricesTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);
    private static final LocalDate SATURDAY = LocalDate.of(2026, 11, 28);
    private static final LocalTime MORNING = LocalTime.of(10, 0);
    private static final LocalTime LATE = LocalTime.of(16, 30);

    @Test
    void an_admission_costs_100_on_a_weekday_80_without_vat() {
        assertThat(price(ADMISSION, FRIDAY)).isEqualTo(new UnitPrice(80_00, 100_00));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27, 100.00", // Friday
        "2026-11-28, 110.00", // Saturday
        "2026-11-29, 110.00", // Sunday
        "2026-11-30, 100.00" // Monday
    })
    void an_admission_costs_10_percent_more_at_the_weekend(LocalDate visit, String inclVat) {
        assertThat(inclVat(ADMISSION, JOURNEY_DEALS, visit, MORNING)).isEqualTo(inclVat);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-26, 110.00", // a Saturday, still the weekend's price
        "2026-12-27, 120.00", // a Sunday: four days win over a weekday rule without dates
        "2026-12-28, 120.00",
        "2026-12-30, 120.00",
        "2026-12-31, 100.00"
    })
    void between_the_years_an_admission_costs_120_on_both_ends_days_too(LocalDate visit, String inclVat) {
        assertThat(inclVat(ADMISSION, JOURNEY_DEALS, visit, MORNING)).isEqualTo(inclVat);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27, 15:59:59, 40.00",
        "2026-11-27, 16:00:00, 32.00",
        "2026-11-27, 17:59:59, 32.00",
        "2026-11-27, 18:00:00, 40.00",
        "2026-11-28, 16:30:00, 40.00" // a Saturday
    })
    void children_pay_a_fifth_less_late_on_a_weekday(LocalDate visit, LocalTime time, String inclVat) {
        assertThat(inclVat(CHILD, JOURNEY_DEALS, visit, time)).isEqualTo(inclVat);
    }

    @Test
    void children_of_city_pass_nord_pay_5_less_and_never_the_late_price_as_well() {
        assertThat(Pricing.unitPrice(CHILD, CITY_PASS_NORD, FRIDAY, MORNING)).isEqualTo(new UnitPrice(28_00, 35_00));
        assertThat(Pricing.unitPrice(CHILD, CITY_PASS_NORD, FRIDAY, LATE)).isEqualTo(new UnitPrice(28_00, 35_00));
    }

    @Test
    void a_tour_costs_60_and_vat_on_top() {
        assertThat(price(TOUR, FRIDAY)).isEqualTo(new UnitPrice(60_00, 75_00));
    }

    @Test
    void what_costs_nothing_costs_nothing_with_vat() {
        assertThat(price(SHOP_DISCOUNT, FRIDAY)).isEqualTo(UnitPrice.ZERO);
    }

    @Test
    void the_family_day_itself_has_no_price() {
        assertThat(price(FAMILY_DAY, FRIDAY)).isEqualTo(UnitPrice.ZERO);
    }

    @Test
    void the_family_day_costs_what_its_components_cost() {
        // 2 x 90 of its own + 2 x 40 + 4 x 60 and VAT + 4 x 35
        assertThat(familyDay(JOURNEY_DEALS, FRIDAY, MORNING)).isEqualTo(new UnitPrice(560_00, 700_00));
    }

    @Test
    void no_rule_touches_a_components_own_price() {
        assertThat(familyDay(JOURNEY_DEALS, SATURDAY, MORNING)).isEqualTo(new UnitPrice(560_00, 700_00));
    }

    @Test
    void rules_of_the_other_components_see_the_partner_and_the_visit() {
        assertThat(familyDay(JOURNEY_DEALS, FRIDAY, LATE)).isEqualTo(new UnitPrice(547_20, 684_00));
        assertThat(familyDay(CITY_PASS_NORD, FRIDAY, LATE).inclMinor()).isEqualTo(700_00 - 2 * 5_00);
    }

    private static UnitPrice price(Item item, LocalDate visit) {
        return Pricing.unitPrice(item, JOURNEY_DEALS, visit, MORNING);
    }

    private static String inclVat(Item item, PartnerId seller, LocalDate visit, LocalTime time) {
        return BigDecimal.valueOf(Pricing.unitPrice(item, seller, visit, time).inclMinor(), 2)
                .toString();
    }

    private static UnitPrice familyDay(PartnerId seller, LocalDate visit, LocalTime time) {
        return FAMILY_DAY.bundle().orElseThrow().stream()
                .map(component -> Pricing.unitPrice(component, CASTLE.byKey(component.itemKey()), seller, visit, time)
                        .times(component.quantity()))
                .reduce(UnitPrice.ZERO, UnitPrice::plus);
    }
}
