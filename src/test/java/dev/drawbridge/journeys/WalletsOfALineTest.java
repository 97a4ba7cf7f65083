package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
import static dev.drawbridge.fixtures.OrderJson.names;
import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an order may say about the wallets of its lines. */
class WalletsOfALineTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened(setup -> setup.replace("designs:", """
                  - number: "41003"
                    description: Umbrella
                    price: { amount: 5.00, includesVat: true, vatPercent: 25 }

                designs:"""));
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void names_and_external_references_are_one_per_wallet() {
        Reply refused = place(order().line("31001", 2, WEEKDAY, "10:00:00", names("Jane"))
                .line("31004", 20, WEEKDAY, "10:00:00", externalReferences("A", "B")));
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations())
                .containsExactly(
                        "/items/0/wallet/names wrong_count", "/items/1/wallet/externalReferenceNumbers wrong_count");
    }

    @Test
    void an_external_reference_may_stand_once_in_a_body_and_once_in_the_company_in_any_case() {
        String external = "EXT-" + UUID.randomUUID();
        Reply twice = place(order().line(
                        "31001",
                        2,
                        WEEKDAY,
                        "10:00:00",
                        externalReferences(external, external.toLowerCase(Locale.ROOT))));
        assertThat(twice.violations()).containsExactly("/items/0/wallet/externalReferenceNumbers/1 duplicate_value");
        place(order().line("31001", 1, WEEKDAY, "10:00:00", externalReferences(external)))
                .is(201);
        Reply taken = place(order().line("31009", 1, WEEKDAY, "10:00:00")
                .line("31001", 1, WEEKDAY, "10:00:00", externalReferences(external.toLowerCase(Locale.ROOT))));
        assertThat(taken.violations())
                .containsExactly("/items/1/wallet/externalReferenceNumbers/0 external_reference_taken");
    }

    @Test
    void an_external_reference_may_not_equal_a_ticket_number_or_a_wallet_reference() {
        Reply placed = place(order().paid().line("31001", 1, WEEKDAY, "10:00:00"));
        castle.settle();
        Reply issued = partner.get("/channelManager/" + placed.at("/orderId"));
        for (String number : new String[] {
            issued.at("/items/0/wallets/0/assets/0/referenceNumber"),
            issued.at("/items/0/wallets/0/walletReferenceNumber")
        }) {
            Reply refused = place(order().line("31001", 1, WEEKDAY, "10:00:00", externalReferences(number)));
            assertThat(refused.violations())
                    .containsExactly("/items/0/wallet/externalReferenceNumbers/0 external_reference_taken");
        }
    }

    @Test
    void a_component_schedule_is_for_packages_and_names_each_ticket_component_once() {
        String entry = "{\"itemNumber\": \"%s\", \"visitDate\": \"" + WEEKDAY + "\", \"visitTime\": \"11:00:00\"}";
        Reply noPackage = place(order().line("31001", 1, WEEKDAY, "10:00:00", schedule(entry.formatted("31001"))));
        assertThat(noPackage.violations()).containsExactly("/items/0/wallet/componentSchedule not_a_package");
        Reply wrongAsWell = place(order().line("31001", 1, WEEKDAY, "10:00:00", schedule("{\"visitDate\": \"soon\"}")));
        assertThat(wrongAsWell.violations())
                .containsExactlyInAnyOrder(
                        "/items/0/wallet/componentSchedule not_a_package",
                        "/items/0/wallet/componentSchedule/0/itemNumber required",
                        "/items/0/wallet/componentSchedule/0/visitDate invalid_format",
                        "/items/0/wallet/componentSchedule/0/visitTime required");
        Reply wrong = place(order().line(
                        "32001",
                        1,
                        WEEKDAY,
                        "10:00:00",
                        schedule(entry.formatted("31003") + "," + entry.formatted("31003") + ","
                                + entry.formatted("41001") + ",7")));
        assertThat(wrong.violations())
                .containsExactly(
                        "/items/0/wallet/componentSchedule/1/itemNumber duplicate_value",
                        "/items/0/wallet/componentSchedule/2/itemNumber unknown_component",
                        "/items/0/wallet/componentSchedule/3 wrong_type");
    }

    @Test
    void unknown_properties_are_ignored_unless_the_request_is_strict() {
        OrderJson curious =
                order().with("\"status\": \"Issued\"").line("31001", 1, WEEKDAY, "10:00:00", "\"colour\": \"red\"");
        Reply strict = partner.with("Prefer", "handling=strict").post("/channelManager", curious.toString());
        assertThat(strict.violations()).containsExactly("/items/0/colour unknown_property", "/status unknown_property");
        assertThat(place(curious).is(201).at("/status")).isEqualTo("Submitted");
    }

    @Test
    void an_order_of_too_many_assets_is_refused_before_anything_is_expanded() {
        place(order().line("32001", 9_999, WEEKDAY, "10:00:00")).isProblem(400, "order_too_large");
        OrderJson wallets = order();
        for (int line = 0; line < 2; line++) {
            wallets = wallets.line("31001", 5_001, WEEKDAY, "10:00:00");
        }
        place(wallets).isProblem(400, "order_too_large");
    }

    @Test
    void an_order_has_at_most_two_hundred_lines() {
        OrderJson lines = order();
        for (int line = 0; line < 200; line++) {
            lines = lines.line("31009", 1, WEEKDAY, "10:00:00");
        }
        place(lines).is(201);
        Reply refused = place(lines.reference("MORE").line("31009", 1, WEEKDAY, "10:00:00"));
        assertThat(refused.violations()).containsExactly("/items out_of_range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "null"})
    void a_payment_reference_that_is_blank_or_null_leaves_the_order_unpaid(String value) {
        String json = value.equals("null") ? "null" : "\"" + value + "\"";
        Reply placed = place(order().with("\"paymentReference\": " + json).line("31001", 1, WEEKDAY, "10:00:00"))
                .is(201);
        castle.settle();
        assertThat(partner.get("/channelManager/" + placed.at("/orderId")).at("/status"))
                .isEqualTo("Draft");
    }

    @Test
    void nothing_is_written_for_a_refused_order() {
        String reference = "REFUSED-" + UUID.randomUUID();
        place(order().reference(reference).line("31001", 0, WEEKDAY, "10:00:00"))
                .isStatus(400);
        place(order().reference(reference).line("31001", 1, WEEKDAY, "10:00:00"))
                .is(201);
    }

    private static Reply place(OrderJson order) {
        return partner.post("/channelManager", order.toString());
    }

    private static String schedule(String entries) {
        return "\"wallet\": {\"componentSchedule\": [" + entries + "]}";
    }
}
