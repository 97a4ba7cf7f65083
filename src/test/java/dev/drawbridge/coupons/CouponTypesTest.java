package dev.drawbridge.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.numbers.NumberPattern;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Violations;
import java.math.BigDecimal;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entry of a setup's list {@code couponTypes} may be, and what gives a coupon. */
class CouponTypesTest {

    private static final CouponType CAFE = type("""
            { code: 'CAFE', description: 'Café coupon', item: '41001', discount: { amount: 35.00 },
              validity: 'P1Y', numberPattern: 'CAF-[X*10]' }
            """);
    private static final CouponType SHOP = type("""
            { code: 'SHOP10', description: '10 % in the shop', item: '41002', discount: { percent: 10 },
              validity: 'P30D', numberPattern: 'SHP-[X*10]' }
            """);

    @Test
    void a_coupon_is_worth_an_amount_or_a_percentage() {
        assertThat(CAFE)
                .isEqualTo(new CouponType(
                        "CAFE",
                        "cafe",
                        "Café coupon",
                        "41001",
                        new Discount.Amount(35_00),
                        new Numbering(
                                NumberPattern.parse("CAF-[X*10]").orElseThrow(), "coupon_type:cafe", Optional.empty()),
                        Optional.of(Period.ofYears(1)),
                        false));
        assertThat(SHOP.discount()).isEqualTo(new Discount.Percent(BigDecimal.TEN));
    }

    @Test
    void a_coupon_type_needs_code_description_item_discount_and_pattern() {
        assertThat(refused("{}"))
                .containsExactly(
                        "/code required",
                        "/description required",
                        "/item required",
                        "/discount required",
                        "/numberPattern required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discount: {} | /discount required",
                "discount: { amount: 1, percent: 1 } | /discount/percent not_allowed",
                "discount: { amount: 0 } | /discount/amount out_of_range",
                "discount: { amount: 1.005 } | /discount/amount invalid_format",
                "discount: { percent: 0 } | /discount/percent out_of_range",
                "discount: { percent: 100.01 } | /discount/percent out_of_range",
                "discount: { percent: '10' } | /discount/percent wrong_type",
                "discount: { amount: 1, currency: 'DKK' } | /discount/currency unknown_property",
                "discount: 10 | /discount wrong_type",
                "discount: { amount: 1 }, validity: 'P0D' | /validity out_of_range",
                "discount: { amount: 1 }, validity: 'P11Y' | /validity out_of_range",
                "discount: { amount: 1 }, validity: 'PT24H' | /validity invalid_format",
                "discount: { amount: 1 }, retired: 'yes' | /retired wrong_type",
                "discount: { amount: 1 }, series: { next: 1, digits: 8 } | /series not_allowed",
                "discount: { amount: 1 }, colour: 'red' | /colour unknown_property"
            })
    void its_parts_have_a_form_and_bounds(String part, String refused) {
        assertThat(refused("{ code: 'C', description: 'C', item: '1', numberPattern: 'C-[X*10]', " + part + " }"))
                .containsExactly(refused);
    }

    @Test
    void an_item_that_triggers_a_type_gives_its_coupon() {
        var types = new CouponTypesSnapshot(List.of(CAFE, SHOP));

        assertThat(types.triggeredBy("41001")).contains(CAFE);
        assertThat(types.triggeredBy("31001")).isEmpty();
        assertThat(types.byKey("shop10")).contains(SHOP);
    }

    @Test
    void a_retired_type_is_known_and_triggered_by_nothing() {
        CouponType retired = typeOf("OLD", "41001", "retired: true");
        var types = new CouponTypesSnapshot(List.of(retired, CAFE));

        assertThat(types.byKey("old")).contains(retired);
        assertThat(types.triggeredBy("41001")).contains(CAFE);
    }

    @Test
    void one_item_triggers_one_type_at_most_that_is_not_retired() {
        assertThat(crossChecked(
                        typeOf("A", "41001", "retired: true"),
                        typeOf("B", "41001", "retired: false"),
                        typeOf("C", "41002", "retired: false"),
                        typeOf("D", "41001", "retired: false")))
                .containsExactly("/couponTypes/3/item conflict");
    }

    @Test
    void the_item_is_of_the_document_and_no_package() {
        assertThat(crossChecked(typeOf("A", "99999", "retired: false"), typeOf("B", "PACK", "retired: false")))
                .containsExactly("/couponTypes/0/item unknown_reference", "/couponTypes/1/item not_allowed");
    }

    @Test
    void the_item_of_a_retired_type_may_have_become_a_package() {
        assertThat(crossChecked(typeOf("A", "PACK", "retired: true"))).isEmpty();
        assertThat(crossChecked(typeOf("A", "99999", "retired: true")))
                .containsExactly("/couponTypes/0/item unknown_reference");
    }

    private static CouponType typeOf(String code, String item, String part) {
        return type("{ code: '" + code + "', description: 'C', item: '" + item
                + "', discount: { amount: 1 }, numberPattern: 'C-[X*10]', " + part + " }");
    }

    private static CouponType type(String entry) {
        return SetupEntry.valid(entry, CouponTypes::read);
    }

    private static List<String> refused(String entry) {
        return SetupEntry.read(entry, CouponTypes::read).refused();
    }

    private static List<String> crossChecked(CouponType... types) {
        List<Located<CouponType>> located = new ArrayList<>();
        for (CouponType type : types) {
            located.add(new Located<>("/couponTypes/" + located.size(), type));
        }
        List<Located<Item>> items = List.of(
                new Located<>("/items/0", item("{ number: '41001', description: 'Coffee' }")),
                new Located<>("/items/1", item("{ number: '41002', description: 'Shop' }")),
                new Located<>(
                        "/items/2", item("{ number: 'pack', description: 'P', package: [ { item: '41001' } ] }")));
        var violations = new Violations();
        CouponTypes.crossCheck(located, items, violations);
        return SetupEntry.refusedOf(violations);
    }

    private static Item item(String entry) {
        return SetupEntry.valid(entry, Catalog::readItem);
    }
}
