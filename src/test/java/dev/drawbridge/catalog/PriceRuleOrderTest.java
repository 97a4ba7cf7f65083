package dev.drawbridge.catalog;

import static dev.drawbridge.catalog.CastleFixture.CITY_PASS_NORD;
import static dev.drawbridge.catalog.CastleFixture.JOURNEY_DEALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.access.PartnerId;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the rules that apply to a visit exactly one changes the price: which one. */
class PriceRuleOrderTest {

    private static final LocalDate WEDNESDAY = LocalDate.of(2027, 5, 12);
    private static final LocalTime NOON = LocalTime.NOON;

    private static final String CITY_PASS = "partner: '5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70'";
    private static final String ONE_DAY = "from: '2027-05-12', until: '2027-05-12'";
    private static final String TWO_DAYS = "from: '2027-05-12', until: '2027-05-13'";
    private static final String A_CENTURY = "from: '2000-01-01', until: '2099-12-31'";
    private static final String ONE_HOUR = "fromTime: '12:00', untilTime: '13:00'";
    private static final String TWO_HOURS = "fromTime: '11:00', untilTime: '13:00'";
    private static final String ONE_WEEKDAY = "weekdays: ['WED']";
    private static final String TWO_WEEKDAYS = "weekdays: ['WED', 'THU']";

    @Test
    void without_a_rule_the_list_price_stands() {
        assertThat(priceWith()).isEqualTo(100_00);
    }

    @Test
    void a_partners_own_rule_wins_over_the_narrowest_general_one() {
        wins(CITY_PASS, ONE_DAY + ", " + ONE_HOUR + ", " + ONE_WEEKDAY);
    }

    @Test
    void another_partners_rule_does_not_apply() {
        String rules = "{ " + CITY_PASS + ", fixed: 1.00 }";

        assertThat(price(rules, CITY_PASS_NORD)).isEqualTo(1_00);
        assertThat(price(rules, JOURNEY_DEALS)).isEqualTo(100_00);
    }

    @Test
    void fewer_days_win_over_a_shorter_window_and_fewer_weekdays() {
        wins(ONE_DAY, TWO_DAYS + ", " + ONE_HOUR + ", " + ONE_WEEKDAY);
    }

    @ParameterizedTest
    @CsvSource({"from: '2027-05-12'", "until: '2027-05-12'", "weekdays: ['WED']"})
    void a_rule_open_at_either_end_has_infinitely_many_days(String open) {
        wins(A_CENTURY, open);
    }

    @Test
    void one_open_end_is_as_wide_as_two() {
        wins("from: '2027-05-12', " + ONE_HOUR, "until: '2027-05-12'");
        wins(ONE_HOUR, "until: '2027-05-12'");
    }

    @Test
    void with_as_many_days_the_shorter_time_window_wins_over_fewer_weekdays() {
        wins(ONE_HOUR, TWO_HOURS + ", " + ONE_WEEKDAY);
        wins(ONE_DAY + ", " + ONE_HOUR, ONE_DAY + ", " + TWO_HOURS + ", " + ONE_WEEKDAY);
    }

    @Test
    void an_open_time_window_lasts_to_the_end_of_the_day() {
        wins("fromTime: '12:00'", "fromTime: '11:59'");
        wins("untilTime: '12:01'", "untilTime: '24:00'");
    }

    @Test
    void with_as_long_a_window_fewer_weekdays_win() {
        wins(ONE_WEEKDAY, TWO_WEEKDAYS);
        wins(TWO_WEEKDAYS, "fromTime: '00:00', untilTime: '24:00'");
    }

    @Test
    void of_rules_that_are_equally_narrow_the_later_in_the_list_wins() {
        assertThat(priceWith("fixed: 1.00", "fixed: 2.00", "fixed: 3.00")).isEqualTo(3_00);
        assertThat(priceWith(
                        "from: '2027-05-12', until: '2027-05-13', fixed: 1.00",
                        "from: '2027-05-11', until: '2027-05-12', fixed: 2.00"))
                .isEqualTo(2_00);
        assertThat(priceWith(ONE_WEEKDAY + ", fixed: 1.00", "fixed: 2.00")).isEqualTo(1_00);
    }

    @Test
    void two_rules_that_apply_are_never_added_up() {
        assertThat(priceWith("percent: 10", "percent: 10")).isEqualTo(110_00);
    }

    @ParameterizedTest
    @CsvSource({"2027-05-10, 100.00", "2027-05-11, 1.00", "2027-05-13, 1.00", "2027-05-14, 100.00"})
    void both_ends_of_the_days_belong_to_the_rule(LocalDate visit, String price) {
        Item item = itemWith("{ from: '2027-05-11', until: '2027-05-13', fixed: 1.00 }");

        assertThat(Pricing.unitPrice(item, JOURNEY_DEALS, visit, NOON).inclMinor())
                .isEqualTo(minor(price));
    }

    @ParameterizedTest
    @CsvSource({"22:59:59, 100.00", "23:00:00, 1.00", "23:59:59, 1.00"})
    void a_window_may_end_at_24_00(LocalTime visit, String price) {
        Item item = itemWith("{ fromTime: '23:00', untilTime: '24:00', fixed: 1.00 }");

        assertThat(Pricing.unitPrice(item, JOURNEY_DEALS, WEDNESDAY, visit).inclMinor())
                .isEqualTo(minor(price));
    }

    /** Whichever of the two comes first in the list. */
    private static void wins(String narrower, String wider) {
        assertThat(priceWith(narrower + ", fixed: 1.00", wider + ", fixed: 2.00"))
                .isEqualTo(1_00);
        assertThat(priceWith(wider + ", fixed: 2.00", narrower + ", fixed: 1.00"))
                .isEqualTo(1_00);
    }

    private static long priceWith(String... rules) {
        return price(rules.length == 0 ? "" : "{ " + String.join(" }, { ", rules) + " }", CITY_PASS_NORD);
    }

    private static long price(String rules, PartnerId seller) {
        return Pricing.unitPrice(itemWith(rules), seller, WEDNESDAY, NOON).inclMinor();
    }

    private static Item itemWith(String rules) {
        return CastleFixture.item("""
                { number: '1', description: 'One', price: { amount: 100.00, includesVat: true, vatPercent: 0 },
                  priceRules: [ %s ] }
                """.formatted(rules));
    }

    private static long minor(String price) {
        return Long.parseLong(price.replace(".", ""));
    }
}
