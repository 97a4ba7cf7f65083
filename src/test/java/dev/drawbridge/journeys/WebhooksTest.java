package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.Permission;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks as a resource. What arrives is the business of the module's own tests. */
class WebhooksTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final String URL = "http://localhost:1/hooks";

    private static Castle castle = Castle.opened();

    private final TestCompany company = TestCompany.fresh();
    private final Api operator = company.operator();

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened();
    }

    @Test
    void a_webhook_shows_its_secret_once() {
        Reply created = operator.post(
                        "/webhooks",
                        "{\"notificationUrl\": \"" + URL + "\", \"eventName\": \"ota_cm_order_processed\","
                                + " \"clientState\": \"mine\", \"eventVersion\": \"1.0\"}")
                .is(201);
        assertThat(created.at("/state")).isEqualTo("active");
        assertThat(created.at("/secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created.header("location").orElseThrow()).endsWith("/webhooks/" + created.at("/id"));

        Reply read = operator.get("/webhooks/" + created.at("/id")).is(200);
        assertThat(read.json().has("secret")).isFalse();
        assertThat(read.at("/notificationUrl")).isEqualTo(URL);
        assertThat(read.at("/eventName")).isEqualTo("ota_cm_order_processed");
        assertThat(read.at("/clientState")).isEqualTo("mine");
        assertThat(read.at("/eventVersion")).isEqualTo("1.0");
    }

    @Test
    void a_repeated_request_makes_no_second_webhook_and_shows_no_secret_again() {
        Api repeating = operator.with("Idempotency-Key", UUID.randomUUID().toString());
        Reply first = repeating.post("/webhooks", body(URL, "*")).is(201);
        Reply again = repeating.post("/webhooks", body(URL, "*")).is(201);
        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(again.at("/secretShown")).isEqualTo("true");
        assertThat(again.json().has("secret")).isFalse();

        Api rotating = operator.with("Idempotency-Key", UUID.randomUUID().toString());
        String rotate = "/webhooks/" + first.at("/id") + "/rotateSecret";
        assertThat(rotating.post(rotate).is(200).at("/secret")).startsWith("whsec_");
        assertThat(rotating.post(rotate).is(200).at("/secretShown")).isEqualTo("true");
    }

    @Test
    void everything_that_is_wrong_is_told_together() {
        assertThat(violations("{}")).containsExactly("/notificationUrl required", "/eventName required");
        assertThat(violations("{\"notificationUrl\": 5, \"eventName\": \"x\", \"clientState\": \"" + "s".repeat(51)
                        + "\", \"eventVersion\": \"2.0\"}"))
                .containsExactly(
                        "/notificationUrl wrong_type",
                        "/eventName unknown_reference",
                        "/clientState too_long",
                        "/eventVersion unknown_reference");
        assertThat(violations(
                        "{\"notificationUrl\": \"" + URL + "\", \"eventName\": \"*\", \"clientState\": \"a\\u0007b\"}"))
                .containsExactly("/clientState invalid_character");
        assertThat(violations(body("https://partner.example/" + "x".repeat(2_048), "ping")))
                .containsExactly("/notificationUrl too_long", "/eventName unknown_reference");
        assertThat(operator.with("Prefer", "handling=strict")
                        .post("/webhooks", "{\"notificationUrl\": \"" + URL + "\", \"eventName\": \"*\", \"a\": 1}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/a unknown_property");
        operator.post("/webhooks", "{").isProblem(400, "invalid_json");
        operator.with("Content-Type", "text/plain")
                .post("/webhooks", body(URL, "*"))
                .isProblem(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource({
        "http://partner.example/, not_allowed",
        "ftp://partner.example/, not_allowed",
        "javascript:alert(1), invalid_format",
        "partner.example, invalid_format",
        "https://me:secret@partner.example/, invalid_format",
        "https://partner.example/#a, invalid_format",
        "https://partner.example:22/, not_allowed",
        "https://127.0.0.1/, not_allowed",
        "https://127.1/, invalid_format",
        "https://2130706433/, invalid_format",
        "https://0.0.0.0/, not_allowed",
        "https://[::1]/, not_allowed",
        "https://[::ffff:127.0.0.1]/, not_allowed",
        "https://10.0.0.1/, not_allowed",
        "https://169.254.169.254/latest/meta-data, not_allowed",
        "https://[fd00:ec2::254]/, not_allowed",
    })
    void an_address_that_we_do_not_send_to_is_refused(String url, String code) {
        assertThat(violations(body(url, "*"))).containsExactly("/notificationUrl " + code);
    }

    @Test
    void our_own_address_is_refused() {
        assertThat(violations(body(TestServer.running().address() + "/hooks", "*")))
                .containsExactly("/notificationUrl not_allowed");
    }

    @Test
    void a_list_has_all_of_them_page_by_page_oldest_first() {
        List<String> ids = List.of(create(operator), create(operator), create(operator));
        Reply first = operator.get("/webhooks?pageSize=2").is(200);
        Reply second = operator.get(first.at("/nextPageURL")).is(200);
        assertThat(List.of(first.at("/data/0/id"), first.at("/data/1/id"), second.at("/data/0/id")))
                .isEqualTo(ids);
        operator.get("/webhooks?pageSize=0").isProblem(400, "validation_failed");
        operator.get("/webhooks?pageKey=x").isProblem(400, "invalid_page_key");
        operator.get("/webhooks/" + ids.getFirst() + "/deliveries?pageKey=x").isProblem(400, "invalid_page_key");
    }

    @Test
    void deliveries_are_listed_newest_first_page_by_page() {
        String id = create(operator);
        String older = operator.post("/webhooks/" + id + "/ping").is(202).at("/id");
        String newer = operator.post("/webhooks/" + id + "/ping").is(202).at("/id");
        Reply first = operator.get("/webhooks/" + id + "/deliveries?pageSize=1").is(200);
        Reply second = operator.get(first.at("/nextPageURL")).is(200);

        assertThat(first.at("/data/0/id")).isEqualTo(newer);
        assertThat(second.at("/data/0/id")).isEqualTo(older);
        assertThat(second.at("/data/0/eventName")).isEqualTo("ping");
        assertThat(second.at("/morePages")).isEqualTo("false");
        operator.delete("/webhooks/" + id).is(204);
    }

    @Test
    void it_can_be_switched_off_and_on_and_deleted() {
        String webhook = "/webhooks/" + create(operator);
        assertThat(operator.patch(webhook, "{\"state\": \"disabled\"}").is(200).at("/disabledReason"))
                .isEqualTo("requested");
        operator.post(webhook + "/ping").isProblem(400, "webhook_disabled");
        operator.post(webhook + "/replay", "{\"from\": \"2026-11-01T00:00:00Z\", \"until\": \"2026-11-01T00:00:00Z\"}")
                .isStatus(400);
        assertThat(operator.patch(webhook, "{\"state\": \"active\"}").is(200).at("/state"))
                .isEqualTo("active");
        assertThat(operator.patch(webhook, "{\"state\": \"asleep\"}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/state invalid_format");
        assertThat(operator.patch(webhook, "{}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/state required");

        operator.delete(webhook).is(204);
        operator.delete(webhook).isProblem(404, "resource_not_found");
        operator.patch(webhook, "{\"state\": \"active\"}").isProblem(404, "resource_not_found");
        assertThat(operator.get("/webhooks").is(200).json().path("data").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "01234567-89ab-cdef-0123-456789abcdef"})
    void what_is_not_there_is_not_found(String id) {
        operator.get("/webhooks/" + id).isProblem(404, "resource_not_found");
        operator.delete("/webhooks/" + id).isProblem(404, "resource_not_found");
        operator.patch("/webhooks/" + id, "{\"state\": \"active\"}").isProblem(404, "resource_not_found");
        operator.post("/webhooks/" + id + "/ping").isProblem(404, "resource_not_found");
        operator.post("/webhooks/" + id + "/rotateSecret").isProblem(404, "resource_not_found");
        operator.post("/webhooks/" + id + "/replay", "{}").isProblem(404, "resource_not_found");
        operator.get("/webhooks/" + id + "/deliveries").isProblem(404, "resource_not_found");
        operator.post("/webhooks/deliveries/" + id + "/redeliver").isProblem(404, "resource_not_found");
    }

    @Test
    void it_needs_the_permission_of_the_channel_manager() {
        Api gate = company.operator(Permission.SPEEDGATE, Permission.SETUP);
        gate.get("/webhooks").isProblem(403, "forbidden");
        gate.post("/webhooks", body(URL, "*")).isProblem(403, "forbidden");
        gate.delete("/webhooks/" + create(operator)).isProblem(403, "forbidden");
    }

    @Test
    void a_partner_sees_its_own_webhooks_and_the_operator_all() {
        Api deals = castle.partner(Castle.JOURNEY_DEALS);
        Api rival = castle.partner(Castle.CITY_PASS_NORD);
        String own = create(deals);
        String rivals = create(rival);
        String operators = create(castle.operator());

        assertThat(ids(deals)).containsExactly(own);
        assertThat(ids(rival)).containsExactly(rivals);
        assertThat(ids(castle.operator())).contains(own, rivals, operators);
        assertThat(castle.operator().get("/webhooks/" + own).is(200).at("/partnerId"))
                .isEqualTo(Castle.JOURNEY_DEALS);
        for (String other : List.of(rivals, operators)) {
            deals.get("/webhooks/" + other).isProblem(404, "resource_not_found");
            deals.get("/webhooks/" + other + "/deliveries").isProblem(404, "resource_not_found");
            deals.post("/webhooks/" + other + "/ping").isProblem(404, "resource_not_found");
            deals.post("/webhooks/" + other + "/rotateSecret").isProblem(404, "resource_not_found");
            deals.patch("/webhooks/" + other, "{\"state\": \"disabled\"}").isProblem(404, "resource_not_found");
            deals.delete("/webhooks/" + other).isProblem(404, "resource_not_found");
        }
        List.of(own, rivals, operators)
                .forEach(id -> castle.operator().delete("/webhooks/" + id).is(204));
    }

    @Test
    void a_partner_is_told_of_its_own_orders_only_and_the_operator_of_all() {
        Api deals = castle.partner(Castle.JOURNEY_DEALS);
        Api rival = castle.partner(Castle.CITY_PASS_NORD);
        String own = create(deals);
        String rivals = create(rival);
        String operators = create(castle.operator());
        String placed = deals.post(
                        "/channelManager?sync=1",
                        order().paid().line("31001", 1, WEEKDAY, "10:00:00").toString())
                .is(201)
                .at("/orderId");
        deals.delete("/channelManager/" + placed).is(200);

        assertThat(events(castle.operator(), own))
                .containsExactly("ota_cm_order_cancelled " + placed, "ota_cm_order_processed " + placed);
        assertThat(events(castle.operator(), operators))
                .containsExactly("ota_cm_order_cancelled " + placed, "ota_cm_order_processed " + placed);
        assertThat(events(castle.operator(), rivals)).isEmpty();
        String delivery =
                castle.operator().get("/webhooks/" + operators + "/deliveries").at("/data/0/id");
        deals.post("/webhooks/deliveries/" + delivery + "/redeliver").isProblem(404, "resource_not_found");
        List.of(own, rivals, operators)
                .forEach(id -> castle.operator().delete("/webhooks/" + id).is(204));
    }

    @Test
    void the_key_of_an_inactive_partner_reads_and_deletes_no_more() {
        Api closed = castle.partner(Castle.CLOSED_TRAVEL);
        closed.post("/webhooks", body(URL, "*")).isProblem(400, "partner_inactive");
        closed.get("/webhooks").is(200);
    }

    private List<String> violations(String body) {
        return operator.post("/webhooks", body)
                .isProblem(400, "validation_failed")
                .violations();
    }

    private static String create(Api api) {
        return api.post("/webhooks", body(URL, "*")).is(201).at("/id");
    }

    private static String body(String url, String event) {
        return "{\"notificationUrl\": \"" + url + "\", \"eventName\": \"" + event + "\"}";
    }

    private static List<String> ids(Api api) {
        return api.get("/webhooks").is(200).json().path("data").values().stream()
                .map(webhook -> webhook.path("id").asString())
                .toList();
    }

    private static List<String> events(Api api, String webhook) {
        return api.get("/webhooks/" + webhook + "/deliveries").is(200).json().path("data").values().stream()
                .map(delivery -> delivery.path("eventName").asString() + " "
                        + delivery.path("orderId").asString())
                .toList();
    }
}
