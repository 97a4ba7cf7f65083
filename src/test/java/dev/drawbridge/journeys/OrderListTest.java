package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of a partner's orders: filters, pages, and the change feed. */
class OrderListTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final String LIST = "/channelManager/orders/" + Castle.JOURNEY_DEALS;

    private Castle castle;
    private Api partner;

    @BeforeEach
    void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void a_list_shows_each_order_without_its_items_in_the_order_received() {
        Reply first = place(order().paid());
        Reply second = place(order());
        castle.settle();
        JsonNode data = partner.get(LIST).is(200).json().path("data");
        assertThat(ids(data)).containsExactly(first.at("/orderId"), second.at("/orderId"));
        assertThat(data.get(0).propertyNames())
                .containsExactly(
                        "id",
                        "orderId",
                        "status",
                        "statusMessage",
                        "statusCode",
                        "partnerId",
                        "sellToOrderReference",
                        "buyFromOrderReference",
                        "receivedAt",
                        "sellToEmail",
                        "sellToName",
                        "sellToLanguage",
                        "paymentReference",
                        "jobId",
                        "manifestUrl");
        assertThat(data.get(1).has("holdExpiresAt")).isTrue();
    }

    @Test
    void filters_narrow_a_list_down_together() {
        Reply issued = place(order().paid());
        Reply draft = place(order());
        castle.settle();
        Reply waiting = place(order());
        assertThat(listed("?status=Draft,Submitted")).containsExactly(draft.at("/orderId"), waiting.at("/orderId"));
        String reference = issued.at("/sellToOrderReference");
        assertThat(listed("?sellToOrderReference=" + reference.toLowerCase(Locale.ROOT)))
                .containsExactly(issued.at("/orderId"));
        assertThat(listed("?status=Draft&sellToOrderReference=" + reference)).isEmpty();
        String middle = draft.at("/receivedAt");
        assertThat(listed("?receivedAtFrom=" + middle)).containsExactly(draft.at("/orderId"), waiting.at("/orderId"));
        assertThat(listed("?receivedAtTo=" + middle)).containsExactly(issued.at("/orderId"), draft.at("/orderId"));
        assertThat(listed("?receivedAtFrom=" + middle + "&receivedAtTo=" + middle))
                .containsExactly(draft.at("/orderId"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00%2B18:00",
                "9999-12-31T23:59:59-18:00",
                "%2B10000-01-01T00:00:00Z",
                "%2B999999999-12-31T23:59:59-18:00",
                "-0001-01-01T00:00:00Z"
            })
    void a_time_outside_the_years_1_to_9999_is_no_time(String time) {
        for (String filter : new String[] {"receivedAtFrom", "receivedAtTo"}) {
            assertThat(partner.get(LIST + "?" + filter + "=" + time).violations())
                    .containsExactly(filter + " invalid_format");
        }
    }

    @Test
    void the_first_and_the_last_time_there_is_narrow_nothing_down() {
        Reply placed = place(order());
        assertThat(listed("?receivedAtFrom=0001-01-01T00:00:00Z&receivedAtTo=9999-12-31T23:59:59.999999999Z"))
                .contains(placed.at("/orderId"));
    }

    @Test
    void filters_must_be_what_they_say() {
        assertThat(partner.get(LIST + "?status=draft").violations()).containsExactly("status invalid_format");
        assertThat(partner.get(LIST + "?status=Draft%7CIssued").violations()).containsExactly("status invalid_format");
        assertThat(partner.get(LIST + "?receivedAtFrom=2026-11-21").violations())
                .containsExactly("receivedAtFrom invalid_format");
        assertThat(partner.get(LIST + "?pageSize=0").violations()).containsExactly("pageSize out_of_range");
        assertThat(partner.get(LIST + "?pageSize=20001").violations()).containsExactly("pageSize out_of_range");
        partner.get(LIST + "?pageKey=forged").isProblem(400, "invalid_page_key");
    }

    @Test
    void pages_follow_one_another_and_each_order_comes_once() {
        List<String> placed = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            placed.add(place(order()).at("/orderId"));
        }
        List<String> seen = new ArrayList<>();
        Reply page = partner.get(LIST + "?pageSize=2&status=Submitted").is(200);
        while (true) {
            seen.addAll(ids(page.json().path("data")));
            if (!page.json().path("morePages").asBoolean()) {
                break;
            }
            assertThat(page.at("/nextPageURL")).contains("status=Submitted").contains("pageSize=2");
            page = partner.get(page.at("/nextPageURL")).is(200);
        }
        assertThat(seen).containsExactlyElementsOf(placed);
        assertThat(page.at("/nextPageKey")).isEmpty();
        assertThat(page.at("/nextPageURL")).isEmpty();
    }

    @Test
    void a_partner_lists_its_own_orders_only_and_an_operator_anybodys() {
        place(order());
        partner.get("/channelManager/orders/" + Castle.CITY_PASS_NORD).isProblem(403, "forbidden");
        partner.get("/channelManager/orders/nobody").isProblem(400, "invalid_partner_id");
        assertThat(castle.operator().get(LIST).json().path("data")).hasSize(1);
        assertThat(castle.operator()
                        .get("/channelManager/orders/" + UUID.randomUUID())
                        .is(200)
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void the_change_feed_shows_every_settled_change_by_growing_versions() {
        Reply order = place(order());
        long created = version(feed(0), order);
        castle.settle();
        long draft = version(feed(created), order);
        partner.post("/channelManager/" + order.at("/orderId") + "/confirm", "{\"paymentReference\": \"P\"}")
                .is(200);
        long issued = version(feed(draft), order);
        partner.delete("/channelManager/" + order.at("/orderId")).is(200);
        long cancelled = version(feed(issued), order);
        assertThat(List.of(created, draft, issued, cancelled)).isSorted().doesNotHaveDuplicates();
        assertThat(feed(cancelled)).isEmpty();
        assertThat(feed(0)).hasSize(1);
        assertThat(feed(0).get(0).path("status").asString()).isEqualTo("Cancelled");
    }

    @Test
    void a_deleted_order_leaves_a_tombstone() {
        Reply draft = place(order());
        castle.settle();
        partner.delete("/channelManager/" + draft.at("/orderId")).is(200);
        JsonNode rows = feed(0);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).propertyNames()).containsExactly("id", "rowVersion", "deleted");
        assertThat(rows.get(0).path("id").asString()).isEqualTo(draft.at("/orderId"));
        assertThat(rows.get(0).path("deleted").asBoolean()).isTrue();
    }

    @Test
    void the_change_feed_takes_no_filter_and_only_versions_that_it_gave() {
        partner.get(LIST + "?sync=true&status=Draft").isProblem(400, "filter_not_allowed");
        partner.get(LIST + "?sync=true&lastRowVersion=x").isProblem(400, "invalid_row_version");
        partner.get(LIST + "?lastRowVersion=x").is(200);
        partner.get(LIST + "?sync=true&lastRowVersion=999999").isProblem(410, "resync_required");
    }

    @Test
    void the_change_feed_has_pages_too() {
        for (int number = 0; number < 3; number++) {
            place(order());
        }
        Reply page = partner.get(LIST + "?sync=true&pageSize=2").is(200);
        assertThat(page.json().path("data")).hasSize(2);
        Reply next = partner.get(page.at("/nextPageURL")).is(200);
        assertThat(next.json().path("data")).hasSize(1);
        assertThat(next.json().path("morePages").asBoolean()).isFalse();
    }

    private Reply place(OrderJson order) {
        return partner.post(
                        "/channelManager",
                        order.line("31001", 1, WEEKDAY, "10:00:00").toString())
                .is(201);
    }

    private List<String> listed(String query) {
        return ids(partner.get(LIST + query).is(200).json().path("data"));
    }

    private JsonNode feed(long lastRowVersion) {
        return partner.get(LIST + "?sync=true&lastRowVersion=" + lastRowVersion)
                .is(200)
                .json()
                .path("data");
    }

    private static long version(JsonNode rows, Reply order) {
        assertThat(ids(rows)).containsExactly(order.at("/orderId"));
        return Long.parseLong(rows.get(0).path("rowVersion").asString());
    }

    private static List<String> ids(JsonNode data) {
        return data.values().stream().map(row -> row.path("id").asString()).toList();
    }
}
