package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entry of a setup's list {@code items} may be. */
class ItemFieldsTest {

    @Test
    void an_item_needs_a_number_and_a_description() {
        assertThat(refused("{}")).containsExactly("/number required", "/description required");
    }

    @Test
    void an_item_of_only_these_is_sold_for_nothing() {
        Item item = CastleFixture.item("{ number: 'A1', description: 'One' }");

        assertThat(item)
                .isEqualTo(new Item(
                        "A1",
                        "a1",
                        "One",
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false));
    }

    @Test
    void a_number_without_quotes_is_refused() {
        assertThat(refused("{ number: 31001, description: 'One' }")).containsExactly("/number wrong_type");
    }

    @Test
    void unknown_keys_are_refused_wherever_they_are() {
        assertThat(refused("""
                { number: '1', description: 'One', colour: 'red',
                  price: { amount: 1, includesVat: true, vatPercent: 0, discount: 1 },
                  priceRules: [ { fixed: 1.00, day: 'MON' } ] }
                """))
                .containsExactly(
                        "/colour unknown_property",
                        "/price/discount unknown_property",
                        "/priceRules/0/day unknown_property");
        assertThat(refused("{ number: '1', description: 'One', package: [ { item: '2', count: 3 } ] }"))
                .containsExactly("/package/0/count unknown_property");
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, out_of_range",
        "1000000000, out_of_range",
        "100.001, invalid_format",
        "true, wrong_type",
        "'''100.00''', wrong_type",
        "null, required"
    })
    void an_amount_is_a_number_with_at_most_two_decimals(String amount, String code) {
        assertThat(refused("{ number: '1', description: 'One', " + "price: { amount: " + amount
                        + ", includesVat: true, vatPercent: 25 } }"))
                .containsExactly("/price/amount " + code);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.00", "100", "100.5", "100.50", "100.500", "1e2", "999999999.99"})
    void trailing_zeros_are_no_decimals(String amount) {
        assertThat(refused("{ number: '1', description: 'One', " + "price: { amount: " + amount
                        + ", includesVat: true, vatPercent: 25 } }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-0.1, out_of_range", "100.1, out_of_range", "8.87501, invalid_format"})
    void vat_is_from_0_to_100_percent(String vat, String code) {
        assertThat(refused("{ number: '1', description: 'One', " + "price: { amount: 1, includesVat: true, vatPercent: "
                        + vat + " } }"))
                .containsExactly("/price/vatPercent " + code);
    }

    @Test
    void a_price_says_whether_vat_is_in_it_and_how_much() {
        assertThat(refused("{ number: '1', description: 'One', price: {} }"))
                .containsExactly("/price/amount required", "/price/includesVat required", "/price/vatPercent required");
    }

    @Test
    void translations_have_a_language_code_of_business_central_and_a_text() {
        assertThat(refused("""
                { number: '1', description: 'One',
                  translations: { DAN: 'En', dan: 'Een', XXX: 'X', DEU: ' ', ENU: 5 } }
                """))
                .containsExactly(
                        "/translations/dan duplicate_value",
                        "/translations/XXX unknown_language",
                        "/translations/DEU blank",
                        "/translations/ENU wrong_type");
        assertThat(refused("{ number: '1', description: 'One', translations: 'DAN' }"))
                .containsExactly("/translations wrong_type");
    }

    @Test
    void a_description_is_read_in_the_guests_language_else_in_the_companys() {
        assertThat(CastleFixture.ADMISSION.descriptionIn("DAN")).isEqualTo("Entré til slottet");
        assertThat(CastleFixture.ADMISSION.descriptionIn("dan")).isEqualTo("Entré til slottet");
        assertThat(CastleFixture.ADMISSION.descriptionIn("FRA")).isEqualTo("Castle Admission");
        assertThat(CastleFixture.ADMISSION.descriptionIn("")).isEqualTo("Castle Admission");
    }

    @Test
    void a_rule_has_exactly_one_change() {
        assertThat(refusedRule("weekdays: ['MON']")).containsExactly("/priceRules/0 required");
        assertThat(refusedRule("fixed: 1.00, relative: 1.00")).containsExactly("/priceRules/0/relative not_allowed");
        assertThat(refusedRule("percent: 5, fixed: 1.00, relative: 1.00"))
                .containsExactly("/priceRules/0/percent not_allowed", "/priceRules/0/relative not_allowed");
        assertThat(refusedRule("fixed: null, relative: 1.00")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'fixed: -0.01', /priceRules/0/fixed out_of_range",
        "'fixed: 0.001', /priceRules/0/fixed invalid_format",
        "'relative: 0.001', /priceRules/0/relative invalid_format",
        "'relative: ''5''', /priceRules/0/relative wrong_type",
        "'percent: -100.1', /priceRules/0/percent out_of_range",
        "'percent: 1000.1', /priceRules/0/percent out_of_range",
        "'percent: 1, weekdays: []', /priceRules/0/weekdays out_of_range",
        "'percent: 1, weekdays: [''MON'', ''MON'']', /priceRules/0/weekdays/1 duplicate_value",
        "'percent: 1, weekdays: [''MON'', ''Tue'']', /priceRules/0/weekdays/1 invalid_format",
        "'percent: 1, weekdays: [1]', /priceRules/0/weekdays/0 wrong_type",
        "'percent: 1, weekdays: ''MON''', /priceRules/0/weekdays wrong_type",
        "'percent: 1, partner: ''City''', /priceRules/0/partner invalid_format",
        "'percent: 1, from: ''2026-02-29''', /priceRules/0/from invalid_format",
        "'percent: 1, from: ''2026-02-02'', until: ''2026-02-01''', /priceRules/0/until out_of_range",
        "'percent: 1, fromTime: ''24:00''', /priceRules/0/fromTime invalid_format",
        "'percent: 1, fromTime: ''9:00''', /priceRules/0/fromTime invalid_format",
        "'percent: 1, fromTime: ''09:00:00''', /priceRules/0/fromTime invalid_format",
        "'percent: 1, untilTime: ''24:01''', /priceRules/0/untilTime invalid_format",
        "'percent: 1, fromTime: ''09:00'', untilTime: ''09:00''', /priceRules/0/untilTime out_of_range"
    })
    void a_rules_parts_have_a_form_and_bounds(String rule, String refused) {
        assertThat(refusedRule(rule)).containsExactly(refused);
    }

    @Test
    void rules_need_a_price_to_change() {
        assertThat(refused("{ number: '1', description: 'One', priceRules: [ { fixed: 1.00 } ] }"))
                .containsExactly("/priceRules not_allowed");
    }

    @Test
    void a_package_has_no_price_rules_and_ticket_type_of_its_own() {
        assertThat(refused("""
                { number: '1', description: 'One', ticketType: 'ENTRY',
                  price: { amount: 1.00, includesVat: true, vatPercent: 25 },
                  priceRules: [ { fixed: 1.00 } ], package: [ { item: '2' } ] }
                """))
                .containsExactly("/ticketType not_allowed", "/price not_allowed", "/priceRules not_allowed");
    }

    @Test
    void a_package_contains_something() {
        assertThat(refused("{ number: '1', description: 'One', package: [] }"))
                .containsExactly("/package out_of_range");
        assertThat(refused("{ number: '1', description: 'One', package: [ {} ] }"))
                .containsExactly("/package/0/item required");
    }

    @ParameterizedTest
    @CsvSource({"0, out_of_range", "10000, out_of_range", "1.0, wrong_type", "'''1''', wrong_type"})
    void of_a_component_there_are_1_to_9999(String quantity, String code) {
        assertThat(refused(
                        "{ number: '1', description: 'One', package: [ { item: '2', quantity: " + quantity + " } ] }"))
                .containsExactly("/package/0/quantity " + code);
    }

    @Test
    void a_component_without_a_quantity_is_one() {
        Item item = CastleFixture.item("{ number: '1', description: 'One', package: [ { item: 'B2' } ] }");

        assertThat(item.bundle().orElseThrow()).containsExactly(new Component("b2", 1, Optional.empty()));
    }

    @Test
    void an_item_whose_number_is_readable_is_known_to_the_rules_between_items_whatever_else_is_wrong() {
        assertThat(SetupEntry.read("{ number: '1', price: 5 }", Catalog::readItem)
                        .value())
                .map(Item::key)
                .contains("1");
        assertThat(SetupEntry.read("{ description: 'One' }", Catalog::readItem).value())
                .isEmpty();
    }

    private static List<String> refusedRule(String rule) {
        return refused("""
                { number: '1', description: 'One', price: { amount: 1.00, includesVat: true, vatPercent: 25 },
                  priceRules: [ { %s } ] }
                """.formatted(rule));
    }

    private static List<String> refused(String entry) {
        return SetupEntry.read(entry, Catalog::readItem).refused();
    }
}
