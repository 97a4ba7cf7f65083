package dev.drawbridge.catalog;

import static dev.drawbridge.catalog.CastleFixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What items may be to one another, and which of them cannot be sold. */
class ItemReferencesTest {

    private static final Item ONE = item("{ number: 'a-1', description: 'One' }");
    private static final Item BLOCKED = item("{ number: '2', description: 'Two', blocked: true }");

    @Test
    void the_castle_is_in_order() {
        assertThat(refused(
                        CastleFixture.ADMISSION,
                        CastleFixture.CHILD,
                        CastleFixture.TOUR,
                        CastleFixture.COFFEE,
                        CastleFixture.FAMILY_DAY))
                .isEmpty();
    }

    @Test
    void a_component_is_an_item_of_the_document_in_any_case() {
        assertThat(refused(ONE, bundle("P", "{ item: 'A-1' }"))).isEmpty();
        assertThat(refused(ONE, bundle("P", "{ item: 'a-1' }, { item: 'A-2' }")))
                .containsExactly("/items/1/package/1/item unknown_component");
    }

    @Test
    void a_package_does_not_contain_a_package_nor_itself() {
        assertThat(refused(ONE, bundle("P", "{ item: 'a-1' }"), bundle("Q", "{ item: 'a-1' }, { item: 'p' }")))
                .containsExactly("/items/2/package/1/item not_allowed");
        assertThat(refused(bundle("P", "{ item: 'P' }"))).containsExactly("/items/0/package/0/item not_allowed");
    }

    @Test
    void a_package_that_is_blocked_may_contain_what_has_become_one() {
        Item sold = item("{ number: 'Q', description: 'Q', package: [ { item: 'p' } ], blocked: true }");

        assertThat(refused(ONE, bundle("P", "{ item: 'a-1' }"), sold)).isEmpty();
    }

    @Test
    void a_component_is_named_once() {
        assertThat(refused(ONE, BLOCKED, bundle("P", "{ item: 'a-1' }, { item: '2' }, { item: 'A-1' }")))
                .containsExactly("/items/2/package/2/item duplicate_value");
    }

    @Test
    void a_ticket_type_and_a_rules_partner_are_of_the_document() {
        Item item = item("""
                { number: '1', description: 'One', ticketType: 'nobody',
                  price: { amount: 1.00, includesVat: true, vatPercent: 25 },
                  priceRules: [ { fixed: 1.00 }, { partner: '00000000-0000-4000-8000-000000000000', fixed: 1.00 } ] }
                """);

        assertThat(refused(item))
                .containsExactly(
                        "/items/0/ticketType unknown_reference", "/items/0/priceRules/1/partner unknown_reference");
    }

    @Test
    void an_item_is_found_in_any_case() {
        var catalog = new CatalogSnapshot(List.of(ONE));

        assertThat(catalog.item("A-1")).contains(ONE);
        assertThat(catalog.item("a-1")).contains(ONE);
        assertThat(catalog.item("a-2")).isEmpty();
    }

    @Test
    void a_blocked_component_blocks_its_package() {
        Item free = bundle("P", "{ item: 'a-1' }");
        Item blocked = bundle("Q", "{ item: 'a-1' }, { item: '2' }");
        var catalog = new CatalogSnapshot(List.of(ONE, BLOCKED, free, blocked));

        assertThat(catalog.isBlocked(ONE)).isFalse();
        assertThat(catalog.isBlocked(BLOCKED)).isTrue();
        assertThat(catalog.isBlocked(free)).isFalse();
        assertThat(catalog.isBlocked(blocked)).isTrue();
    }

    private static Item bundle(String number, String components) {
        return item("{ number: '" + number + "', description: 'Package', package: [ " + components + " ] }");
    }

    private static List<String> refused(Item... items) {
        List<Located<Item>> located = new ArrayList<>();
        for (Item item : items) {
            located.add(new Located<>("/items/" + located.size(), item));
        }
        var violations = new Violations();
        Set<String> partners = Set.of(CastleFixture.CITY_PASS_NORD.toString());
        Catalog.crossCheck(located, Set.of("entry", "tour"), partners, violations);
        return SetupEntry.refusedOf(violations);
    }
}
