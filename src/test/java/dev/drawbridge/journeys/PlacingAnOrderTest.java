package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A partner sends an order and gets issued wallets. */
class PlacingAnOrderTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void the_documented_order_is_submitted_first_and_issued_soon_after() {
        String external = "JD-" + UUID.randomUUID();
        Reply submitted = place(order().paid()
                .with("\"sellToEmail\": \"guest@example.com\", \"sellToName\": \"Jane Doe\"")
                .with("\"sellToLanguage\": \"enu\"")
                .line(
                        "31001",
                        2,
                        WEEKDAY,
                        "10:30:00",
                        "\"wallet\": {\"names\": [\"Jane Doe\", \"John Doe\"], \"externalReferenceNumbers\": [\""
                                + external + "\", null]}"));

        assertThat(submitted.at("/status")).isEqualTo("Submitted");
        assertThat(submitted.at("/jobId")).isEmpty();
        assertThat(submitted.header("Location").orElseThrow()).endsWith("/channelManager/" + submitted.at("/orderId"));
        assertThat(partner.get(submitted.header("Location").orElseThrow())
                        .is(200)
                        .at("/orderId"))
                .isEqualTo(submitted.at("/orderId"));
        JsonNode shell = submitted.json().at("/items/0/wallets/0");
        assertThat(shell.propertyNames()).containsExactly("seqNo", "assets", "externalReferenceNumber", "name");
        assertThat(shell.path("externalReferenceNumber").asString()).isEqualTo(external);

        JsonNode issued = settled(submitted);
        assertThat(issued.path("status").asString()).isEqualTo("Issued");
        assertThat(issued.path("sellToLanguage").asString()).isEqualTo("ENU");
        assertThat(issued.path("jobId").asString()).isNotEmpty().hasSizeLessThanOrEqualTo(40);
        assertThat(issued.at("/items/0/wallets")).hasSize(2);
        JsonNode wallet = issued.at("/items/0/wallets/0");
        assertThat(wallet.path("name").asString()).isEqualTo("Jane Doe");
        assertThat(wallet.path("walletReferenceNumber").asString()).matches("[0-9]{18}");
        assertThat(wallet.path("unitPriceExclVat").decimalValue()).isEqualByComparingTo("80.00");
        assertThat(wallet.path("unitPriceInclVat").decimalValue()).isEqualByComparingTo("100.00");
        assertThat(wallet.path("currencyCode").asString()).isEqualTo("DKK");
        assertThat(wallet.path("assets")).hasSize(1);
        assertThat(wallet.at("/assets/0/referenceNumber").asString()).matches("ATF-[A-Z]{3}[0-9]{6}[A-Z]-[0-9]");
        assertThat(wallet.at("/assets/0/slots/0/admissionCode").asString()).isEqualTo("CASTLE");
        assertThat(wallet.at("/assets/0/slots/0/startsAt").asString())
                .isEqualTo(WEEKDAY.atTime(10, 30)
                        .atZone(Castle.ZONE)
                        .toInstant()
                        .toString()
                        .replace("Z", ".000Z"));
    }

    @Test
    void properties_come_in_the_order_of_the_contract() {
        JsonNode issued = settled(place(order().paid().line("31001", 1, WEEKDAY, "10:00:00")));
        assertThat(issued.propertyNames())
                .containsExactly(
                        "orderId",
                        "status",
                        "statusMessage",
                        "statusCode",
                        "partnerId",
                        "sellToOrderReference",
                        "buyFromOrderReference",
                        "receivedAt",
                        "items",
                        "sellToEmail",
                        "sellToName",
                        "sellToLanguage",
                        "paymentReference",
                        "jobId",
                        "manifestUrl");
        assertThat(issued.at("/items/0").propertyNames())
                .containsExactly(
                        "lineNo",
                        "itemNumber",
                        "description",
                        "isPackage",
                        "quantity",
                        "visitDate",
                        "visitTime",
                        "wallets",
                        "sellToName",
                        "sellToEmail",
                        "sellToLanguage");
        assertThat(issued.at("/items/0/wallets/0").propertyNames())
                .containsExactly(
                        "seqNo",
                        "assets",
                        "walletId",
                        "walletReferenceNumber",
                        "externalReferenceNumber",
                        "name",
                        "issuedAt",
                        "unitPriceExclVat",
                        "unitPriceInclVat",
                        "currencyCode",
                        "manifestUrl");
        assertThat(issued.at("/items/0/wallets/0/assets/0").propertyNames())
                .containsExactly(
                        "id",
                        "type",
                        "assetId",
                        "referenceNumber",
                        "itemNumber",
                        "description",
                        "validFrom",
                        "validUntil",
                        "slots");
    }

    @Test
    void an_unpaid_order_becomes_a_draft_that_holds_its_capacity_and_has_no_manifest() {
        JsonNode draft = settled(place(order().line("31003", 3, WEEKDAY, "14:00:00")));
        assertThat(draft.path("status").asString()).isEqualTo("Draft");
        assertThat(draft.has("manifestUrl")).isFalse();
        assertThat(draft.at("/items/0/wallets/0").has("manifestUrl")).isFalse();
        assertThat(draft.path("holdExpiresAt").asString()).isNotEmpty();
        assertThat(castle.taken("TOUR", WEEKDAY, "14:00")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void the_family_package_gives_per_wallet_its_tickets_and_coupons_at_its_exact_price() {
        JsonNode issued = settled(place(order().paid().line("32001", 2, WEEKDAY, "10:00:00", """
                "wallet": {"componentSchedule": [
                    {"itemNumber": "31003", "visitDate": "%s", "visitTime": "14:00:00"}]}""".formatted(WEEKDAY))));
        assertThat(issued.path("status").asString()).as(issued.toString()).isEqualTo("Issued");
        assertThat(issued.at("/items/0/isPackage").asBoolean()).isTrue();
        assertThat(issued.at("/items/0/componentSchedule/0/visitTime").asString())
                .isEqualTo("14:00:00");
        assertThat(issued.at("/items/0/wallets")).hasSize(2);
        for (JsonNode wallet : issued.at("/items/0/wallets")) {
            assertThat(itemNumbers(wallet))
                    .containsExactly(
                            "31001", "31001", "31002", "31002", "31003", "31003", "31003", "31003", "41001", "41001",
                            "41001", "41001");
            assertThat(wallet.path("unitPriceInclVat").decimalValue()).isEqualByComparingTo("700.00");
            assertThat(wallet.path("unitPriceExclVat").decimalValue()).isEqualByComparingTo("560.00");
            assertThat(wallet.at("/assets/4/slots/0/startsAt").asString())
                    .isEqualTo(WEEKDAY.atTime(14, 0)
                            .atZone(Castle.ZONE)
                            .toInstant()
                            .toString()
                            .replace("Z", ".000Z"));
            assertThat(wallet.at("/assets/8/type").asString()).isEqualTo("coupon");
            assertThat(wallet.at("/assets/8").has("slots")).isFalse();
        }
    }

    @Test
    void the_day_pass_binds_a_slot_of_each_of_its_admissions() {
        JsonNode issued = settled(place(order().paid().line("31005", 1, WEEKDAY, "12:10:00")));
        JsonNode slots = issued.at("/items/0/wallets/0/assets/0/slots");
        assertThat(slots)
                .extracting(slot -> slot.path("admissionCode").asString())
                .containsExactly("CASTLE", "GARDEN");
    }

    @Test
    void a_group_comes_in_on_one_ticket_in_one_wallet_at_the_price_of_all() {
        int before = castle.taken("CASTLE", WEEKDAY, "15:00");
        JsonNode issued = settled(place(order().paid().line("31004", 12, WEEKDAY, "15:00:00")));
        assertThat(issued.at("/items/0/wallets")).hasSize(1);
        assertThat(issued.at("/items/0/wallets/0/assets")).hasSize(1);
        assertThat(issued.at("/items/0/wallets/0/unitPriceInclVat").decimalValue())
                .isEqualByComparingTo("900.00");
        assertThat(castle.taken("CASTLE", WEEKDAY, "15:00")).isEqualTo(before + 12);
    }

    @Test
    void an_order_of_coupons_alone_is_issued_without_a_ticket() {
        JsonNode issued = settled(place(order().paid().line("32002", 1, WEEKDAY, "10:00:00")));
        assertThat(issued.path("status").asString()).isEqualTo("Issued");
        assertThat(issued.at("/items/0/wallets/0/assets"))
                .hasSize(2)
                .allSatisfy(asset -> assertThat(asset.path("type").asString()).isEqualTo("coupon"));
    }

    @Test
    void a_ticket_without_slots_is_valid_for_the_days_of_its_type_and_takes_its_number_from_the_series() {
        JsonNode issued = settled(place(order().paid().line("31009", 1, WEEKDAY, "10:00:00")));
        JsonNode ticket = issued.at("/items/0/wallets/0/assets/0");
        assertThat(ticket.path("referenceNumber").asString()).matches("PRK-[0-9]{8}");
        assertThat(ticket.path("slots")).isEmpty();
        assertThat(ticket.path("validUntil").asString())
                .isEqualTo(WEEKDAY.plusDays(6)
                        .atTime(23, 59, 59)
                        .atZone(Castle.ZONE)
                        .toInstant()
                        .toString()
                        .replace("Z", ".000Z"));
    }

    @Test
    void descriptions_speak_the_guests_language_line_by_line() {
        JsonNode issued = settled(place(order().paid()
                .with("\"sellToLanguage\": \"DAN\", \"sellToName\": \"Hans\"")
                .line("31001", 1, WEEKDAY, "10:00:00")
                .line("31001", 1, WEEKDAY, "10:00:00", "\"sellToLanguage\": \"DEU\", \"sellToName\": null")
                .line("31001", 1, WEEKDAY, "10:00:00", "\"sellToLanguage\": null")));
        assertThat(issued.at("/items"))
                .extracting(line -> line.path("description").asString())
                .containsExactly("Entré til slottet", "Eintritt ins Schloss", "Castle Admission");
        assertThat(issued.at("/items"))
                .extracting(line -> line.path("sellToName").asString())
                .containsExactly("Hans", "", "Hans");
        assertThat(issued.at("/items/1/wallets/0/name").asString()).isEqualTo("Eintritt ins Schloss");
    }

    @Test
    void weekends_cost_ten_percent_more_and_city_pass_nord_pays_five_less_for_children() {
        LocalDate saturday = Castle.next(DayOfWeek.SATURDAY);
        JsonNode weekend = settled(place(order().paid().line("31001", 1, saturday, "10:00:00")));
        assertThat(weekend.at("/items/0/wallets/0/unitPriceInclVat").decimalValue())
                .isEqualByComparingTo("110.00");
        Api cityPass = castle.partner(Castle.CITY_PASS_NORD);
        Reply placed = cityPass.post(
                "/channelManager",
                order().of(Castle.CITY_PASS_NORD)
                        .paid()
                        .line("31002", 1, WEEKDAY, "17:00:00")
                        .toString());
        JsonNode child = settled(placed.is(201));
        assertThat(child.at("/items/0/wallets/0/unitPriceInclVat").decimalValue())
                .isEqualByComparingTo("35.00");
        assertThat(child.path("buyFromOrderReference").asString()).matches("CPN-[0-9]{8}");
    }

    @Test
    void a_partner_without_a_series_gets_the_channel_managers_document_number() {
        Reply placed = place(order().line("31001", 1, WEEKDAY, "10:00:00"));
        assertThat(placed.at("/buyFromOrderReference")).matches("CM-[0-9]{12}-[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(placed.at("/receivedAt")).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
    }

    @Test
    void a_visit_between_two_slots_is_bound_to_the_nearest_within_the_tolerance() {
        JsonNode early = settled(place(order().paid().line("31001", 1, WEEKDAY, "08:40:00")));
        assertThat(early.at("/items/0/wallets/0/assets/0/slots/0/startsAt").asString())
                .isEqualTo(WEEKDAY.atTime(9, 0)
                        .atZone(Castle.ZONE)
                        .toInstant()
                        .toString()
                        .replace("Z", ".000Z"));
        JsonNode tooEarly = settled(place(order().paid().line("31001", 1, WEEKDAY, "08:29:59")));
        assertThat(tooEarly.path("status").asString()).isEqualTo("Error");
        assertThat(tooEarly.path("statusCode").asString()).isEqualTo("no_time_slot");
        assertThat(tooEarly.path("statusMessage").asString()).contains("100000").isNotBlank();
        assertThat(tooEarly.path("jobId").asString()).isNotEmpty();
    }

    private static Reply place(OrderJson order) {
        return partner.post("/channelManager", order.toString()).is(201);
    }

    private static JsonNode settled(Reply placed) {
        castle.settle();
        return castle.operator()
                .get("/channelManager/" + placed.at("/orderId"))
                .is(200)
                .json();
    }

    private static List<String> itemNumbers(JsonNode wallet) {
        return wallet.path("assets").values().stream()
                .map(asset -> asset.path("itemNumber").asString())
                .toList();
    }
}
