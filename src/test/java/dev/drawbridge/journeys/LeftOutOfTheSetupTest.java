package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a setup leaves out goes, unless somebody has bought it or something else needs it: then it is retired. */
class LeftOutOfTheSetupTest {

    private Castle castle;
    private JsonNode asWritten;

    @BeforeEach
    void openTheCastle() {
        castle = Castle.opened();
        asWritten = setup();
    }

    @Test
    void what_nobody_has_bought_is_removed() {
        Reply answer = put(onlyParking(asWritten));

        assertThat(Site.counts(answer)).containsExactly(0, 1, 4, 0, 22);
        assertThat(setup().path("items")).hasSize(1);
        assertThat(setup().has("couponTypes")).isFalse();
    }

    @Test
    void an_item_on_an_order_is_blocked_and_comes_back_so() {
        place(order().paid().line("31099", 1, Castle.weekday(), "10:00:00"), "item_blocked");
        place(order().line("41001", 1, Castle.weekday(), "10:00:00"));

        Reply answer = put(without(asWritten, "couponTypes", "CAFE"), "items", "31099", "41001", "32001", "32002");

        assertThat(entry("items", "41001").path("blocked").asBoolean()).isTrue();
        assertThat(entry("items", "31099").isMissingNode()).isTrue();
        assertThat(entry("couponTypes", "CAFE").path("retired").asBoolean()).isTrue();
        assertThat(Site.counts(answer)).containsExactly(0, 0, 22, 2, 3);
        place(order().line("41001", 1, Castle.weekday(), "10:00:00"), "item_blocked");
    }

    @Test
    void an_order_that_is_not_issued_yet_keeps_its_item() {
        castle.partner(Castle.JOURNEY_DEALS)
                .post(
                        "/channelManager",
                        order().line("31009", 1, Castle.weekday(), "10:00:00").toString())
                .is(201);

        put(without(asWritten, "items", "31009"));

        assertThat(entry("items", "31009").path("blocked").asBoolean()).isTrue();
    }

    @Test
    void what_a_retired_entry_needs_is_retired_with_it() {
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));

        Reply answer = put(
                without(without(without(asWritten, "items", "31009"), "ticketTypes", "PARK"), "admissions", "PARKING"));

        assertThat(Site.counts(answer)).containsExactly(0, 0, 24, 3, 0);
        assertThat(entry("items", "31009").path("blocked").asBoolean()).isTrue();
        assertThat(entry("ticketTypes", "PARK").path("retired").asBoolean()).isTrue();
        assertThat(entry("admissions", "PARKING").path("closed").asBoolean()).isTrue();
    }

    @Test
    void a_package_that_was_sold_keeps_its_components() {
        place(order().paid().line("32002", 1, Castle.weekday(), "10:00:00"));

        put(without(asWritten, "couponTypes", "CAFE"), "items", "32001", "32002", "41001");

        assertThat(entry("items", "32002").path("blocked").asBoolean()).isTrue();
        assertThat(entry("items", "41001").path("blocked").asBoolean()).isTrue();
        assertThat(entry("items", "32001").isMissingNode()).isTrue();
    }

    @Test
    void an_admission_with_reservations_is_closed_and_the_tickets_stay() {
        Reply sold = place(order().paid().line("31003", 2, Castle.weekday(), "11:00:00"));

        put(without(without(asWritten, "ticketTypes", "TOUR"), "admissions", "TOUR"), "items", "31003", "32001");

        assertThat(entry("admissions", "TOUR").path("closed").asBoolean()).isTrue();
        Reply kept = castle.partner(Castle.JOURNEY_DEALS)
                .get("/channelManager/" + sold.at("/orderId"))
                .is(200);
        assertThat(kept.at("/status")).isEqualTo("Issued");
        assertThat(kept.at("/items/0/wallets/0/assets/0/slots/0/admissionCode")).isEqualTo("TOUR");
        assertThat(kept.at("/items/0/description")).isEqualTo("Guided Tour of the Towers");
    }

    @Test
    void a_partner_with_orders_or_keys_becomes_inactive() {
        Api cityPass = castle.partner(Castle.CITY_PASS_NORD);
        ObjectNode without = without(
                without(without(asWritten, "partners", Castle.CITY_PASS_NORD), "partners", Castle.CLOSED_TRAVEL),
                "items",
                "31002");

        Reply answer = put(without, "items", "32001");

        assertThat(entry("partners", Castle.CITY_PASS_NORD).path("active").asBoolean(true))
                .isFalse();
        assertThat(entry("partners", Castle.CLOSED_TRAVEL).isMissingNode()).isTrue();
        assertThat(Site.counts(answer)).containsExactly(0, 0, 23, 1, 3);
        cityPass.post(
                        "/channelManager",
                        order().of(Castle.CITY_PASS_NORD)
                                .line("31009", 1, Castle.weekday(), "10:00:00")
                                .toString())
                .isProblem(400, "partner_inactive");
    }

    @Test
    void a_design_that_a_retired_partner_shows_is_retired_with_it() {
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));

        put(without(without(asWritten, "partners", Castle.JOURNEY_DEALS), "designs", "castle"));

        assertThat(entry("designs", "castle").path("retired").asBoolean()).isTrue();
        assertThat(entry("partners", Castle.JOURNEY_DEALS).path("active").asBoolean(true))
                .isFalse();
    }

    @Test
    void leaving_a_retired_one_out_again_changes_nothing() {
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
        ObjectNode without = without(asWritten, "items", "31009");
        put(without);

        assertThat(Site.counts(put(without))).containsExactly(0, 0, 27, 0, 0);
    }

    @Test
    void putting_back_what_came_back_changes_nothing() {
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
        put(onlyParking(asWritten));
        put(without(setup(), "items", "31009"));
        JsonNode withRetired = setup();

        assertThat(Site.counts(put(withRetired))).containsExactly(0, 0, 5, 0, 0);
        assertThat(setup()).isEqualTo(withRetired);
    }

    @Test
    void what_is_sent_again_lives_again() {
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
        put(without(asWritten, "items", "31009"));
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"), "item_blocked");

        assertThat(Site.counts(put(asWritten))).containsExactly(0, 1, 26, 0, 0);

        assertThat(setup()).isEqualTo(asWritten);
        place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
    }

    @Test
    void a_document_cannot_use_what_it_leaves_out() {
        Reply refused = castle.operator()
                .put("/setup", without(asWritten, "ticketTypes", "TOUR").toString())
                .isProblem(400, "validation_failed");

        assertThat(refused.violations()).containsExactly("/items/2/ticketType unknown_reference");
    }

    @Test
    void a_series_goes_on_where_it_was_whatever_its_start_value_says() {
        Reply first = place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
        assertThat(first.at("/items/0/wallets/0/assets/0/referenceNumber")).isEqualTo("PRK-00000001");

        ObjectNode restarted = (ObjectNode) asWritten.deepCopy();
        ((ObjectNode) Site.find(restarted, "ticketTypes", "PARK").path("series")).put("next", 500);
        assertThat(Site.counts(put(restarted))).containsExactly(0, 1, 26, 0, 0);

        assertThat(entry("ticketTypes", "PARK").at("/series/next").asInt()).isEqualTo(500);
        Reply second = place(order().paid().line("31009", 1, Castle.weekday(), "10:00:00"));
        assertThat(second.at("/items/0/wallets/0/assets/0/referenceNumber")).isEqualTo("PRK-00000002");
    }

    private Reply place(OrderJson order) {
        return castle.partner(Castle.JOURNEY_DEALS)
                .post("/channelManager?sync=1", order.toString())
                .is(201);
    }

    private void place(OrderJson order, String violation) {
        Reply refused = castle.partner(Castle.JOURNEY_DEALS)
                .post("/channelManager?sync=1", order.toString())
                .isProblem(400, "validation_failed");
        assertThat(refused.violations()).containsExactly("/items/0/itemNumber " + violation);
    }

    private JsonNode setup() {
        return castle.operator().get("/setup").is(200).json();
    }

    private JsonNode entry(String list, String key) {
        return Site.find(setup(), list, key);
    }

    private Reply put(JsonNode document) {
        return castle.operator().put("/setup", document.toString()).is(200);
    }

    private Reply put(JsonNode document, String list, String... leftOut) {
        ObjectNode changed = (ObjectNode) document.deepCopy();
        for (String key : leftOut) {
            changed = Site.without(changed, list, key);
        }
        return put(changed);
    }

    private static ObjectNode without(JsonNode document, String list, String key) {
        return Site.without(document, list, key);
    }

    /** The company, Journey Deals, and what it takes to sell parking. */
    private static ObjectNode onlyParking(JsonNode document) {
        ObjectNode parking = (ObjectNode) document.deepCopy();
        keep(parking, "partners", Castle.JOURNEY_DEALS);
        keep(parking, "admissions", "PARKING");
        keep(parking, "ticketTypes", "PARK");
        keep(parking, "items", "31009");
        parking.remove(List.of("couponTypes", "designs"));
        ((ObjectNode) parking.at("/partners/0")).remove("design");
        return parking;
    }

    private static void keep(ObjectNode document, String list, String key) {
        JsonNode entry = Site.find(document, list, key);
        document.putArray(list).add(entry);
    }
}
