package dev.drawbridge.setup;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a setup leaves out and changes: what GET gives afterwards can be put back, and changes nothing. */
class PuttingTheSetupBackTest {

    private static final String NEW_PARTNER = "7d1f9a3e-52c4-4b8e-8f10-93a6c2e4b571";

    private final Castle castle = Castle.opened();
    private final JsonNode asWritten = setup();

    @Test
    void the_prefix_of_a_partner_that_stays_is_not_given_to_another() {
        buys(Castle.CITY_PASS_NORD, "31009");
        ObjectNode successor = withSuccessor();

        Reply refused = castle.operator().put("/setup", successor.toString()).isProblem(400, "validation_failed");

        assertThat(refused.violations()).containsExactly("/partners/2/documentNumbers/prefix duplicate_value");
        assertThat(setup()).isEqualTo(asWritten);
    }

    @Test
    void the_prefix_of_a_partner_that_goes_is_free() {
        put(withSuccessor());

        assertPutBackChangesNothing();
    }

    @Test
    void a_package_that_was_sold_stays_when_its_component_becomes_a_package() {
        buys(Castle.JOURNEY_DEALS, "32001");

        put(packageOf(without(asWritten, "items", "32001"), "31003", "31009"));

        assertPutBackChangesNothing();
    }

    @Test
    void a_coupon_type_that_was_issued_stays_when_its_item_becomes_a_package() {
        buys(Castle.JOURNEY_DEALS, "41002");

        put(packageOf(without(asWritten, "couponTypes", "SHOP10"), "41002", "31009"));

        assertPutBackChangesNothing();
    }

    @Test
    void after_many_changes_it_still_is_so() {
        for (String item : List.of("31001", "31003", "31005", "31009", "32001", "32002", "41001", "41002")) {
            buys(Castle.JOURNEY_DEALS, item);
        }
        buys(Castle.CITY_PASS_NORD, "31002");

        ObjectNode changed = without(without(asWritten, "items", "32001"), "items", "32002");
        changed = without(without(changed, "couponTypes", "CAFE"), "couponTypes", "SHOP10");
        put(packageOf(packageOf(changed, "41001", "31009"), "41002", "31009"));
        assertPutBackChangesNothing();

        ObjectNode fewer = without(without(setup(), "items", "32001"), "items", "31002");
        put(without(without(fewer, "items", "31003"), "partners", Castle.CITY_PASS_NORD));
        assertPutBackChangesNothing();

        ObjectNode fewest = without(without(setup(), "couponTypes", "CAFE"), "couponTypes", "SHOP10");
        for (String item : List.of("32001", "32002", "41001", "41002", "31005", "31001")) {
            fewest = without(fewest, "items", item);
        }
        put(packageOf(fewest, "31009", "31004"));
        assertPutBackChangesNothing();

        put(asWritten);
        assertPutBackChangesNothing();
        assertThat(setup()).isEqualTo(asWritten);
    }

    private static ObjectNode without(JsonNode document, String list, String key) {
        return Site.without(document, list, key);
    }

    /** The same document with the item as a package of another. */
    private static ObjectNode packageOf(ObjectNode document, String item, String component) {
        ObjectNode changed = document.deepCopy();
        ObjectNode bundle = (ObjectNode) Site.find(changed, "items", item);
        bundle.remove(List.of("ticketType", "price", "priceRules"));
        bundle.putArray("package").addObject().put("item", component);
        return changed;
    }

    private ObjectNode withSuccessor() {
        ObjectNode document =
                Site.without(Site.without(asWritten, "partners", Castle.CITY_PASS_NORD), "items", "31002");
        document = Site.without(document, "items", "32001");
        ObjectNode partner = document.withArray("partners").addObject();
        partner.put("id", NEW_PARTNER).put("name", "Successor");
        partner.putObject("documentNumbers")
                .put("prefix", "cpn-")
                .put("next", 1)
                .put("digits", 8);
        return document;
    }

    private void buys(String partner, String item) {
        Reply placed = castle.operator()
                .post(
                        "/channelManager?sync=1",
                        order().of(partner)
                                .paid()
                                .line(item, 1, Castle.weekday(), "11:00:00")
                                .toString());
        placed.is(201);
    }

    private void assertPutBackChangesNothing() {
        JsonNode given = setup();

        Reply answer = put(given);

        assertThat(Site.counts(answer).get(2)).isEqualTo(entries(given));
        assertThat(Site.counts(answer).stream().mapToInt(count -> count).sum()).isEqualTo(entries(given));
        assertThat(setup()).isEqualTo(given);
    }

    /** With the company. */
    private static int entries(JsonNode document) {
        return 1
                + document.valueStream()
                        .filter(JsonNode::isArray)
                        .mapToInt(JsonNode::size)
                        .sum();
    }

    private JsonNode setup() {
        return castle.operator().get("/setup").is(200).json();
    }

    private Reply put(JsonNode document) {
        return castle.operator().put("/setup", document.toString()).is(200);
    }
}
