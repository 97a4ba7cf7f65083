package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.WatchedDataSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What partners are told of an order. */
class EventsOfAnOrderTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    @RegisterExtension
    final TestClock clock = new TestClock();

    @BeforeEach
    void time_stands_still() {
        clock.set(clock.now());
    }

    @Test
    void a_settled_order_is_told_with_who_it_is_and_what_became_of_it_and_nothing_else() {
        Reply issued = SELLER.settles(entry().paid().with("\"sellToName\": \"Jane\""));
        assertPayload(issued, "Issued", "");
        Reply failed = SELLER.settles(unsellable());
        assertPayload(failed, "Error", "no_time_slot");
        assertThat(eventsOf(failed)).containsExactly("1 ota_cm_order_processed Error");
    }

    @Test
    void every_event_of_an_order_has_the_next_number_whatever_it_tells() {
        Reply draft = SELLER.settles(entry());
        clock.set(Instant.parse(draft.at("/holdExpiresAt")));
        CASTLE.endHolds();
        assertPayload(draft, "Draft", "");
        SELLER.confirms(draft).is(200);
        SELLER.cancels(draft).is(200);
        assertPayload(draft, "Cancelled", "");
        assertThat(eventsOf(draft))
                .containsExactly(
                        "1 ota_cm_order_processed Draft",
                        "2 ota_cm_order_hold_expired Draft",
                        "3 ota_cm_order_processed Issued",
                        "4 ota_cm_order_cancelled Cancelled");
    }

    @Test
    void an_order_issued_inside_the_call_is_told_like_any_other() {
        assertThat(eventsOf(SELLER.issuesInTheCall(entry().paid()).is(201)))
                .containsExactly("1 ota_cm_order_processed Issued");
        assertThat(eventsOf(SELLER.issuesInTheCall(entry()).is(201))).containsExactly("1 ota_cm_order_processed Draft");
        OrderJson unsellable = unsellable();
        SELLER.issuesInTheCall(unsellable).isProblem(400, "no_time_slot");
        assertThat(eventsOf(existing(unsellable))).containsExactly("1 ota_cm_order_processed Error");
    }

    @Test
    void each_settling_of_a_replaced_or_processed_order_is_told() {
        OrderJson order = entry();
        Reply draft = SELLER.settles(order);
        SELLER.replaces(draft, unsellable().reference(order.reference())).is(200);
        CASTLE.settle();
        SELLER.operator().processes(draft).is(200);
        SELLER.replaces(draft, order.paid()).is(200);
        CASTLE.settle();
        assertThat(eventsOf(draft))
                .containsExactly(
                        "1 ota_cm_order_processed Draft",
                        "2 ota_cm_order_processed Error",
                        "3 ota_cm_order_processed Error",
                        "4 ota_cm_order_processed Issued");
    }

    @Test
    void what_is_deleted_is_told_as_cancelled_without_the_code_of_its_error() {
        Reply draft = SELLER.settles(entry());
        Reply failed = SELLER.settles(unsellable());
        SELLER.cancels(draft).is(200);
        SELLER.cancels(failed).is(200);
        assertPayload(draft, "Cancelled", "");
        assertPayload(failed, "Cancelled", "");
        assertThat(eventsOf(failed)).last().isEqualTo("2 ota_cm_order_cancelled Cancelled");
    }

    @Test
    void an_order_in_error_that_makes_way_for_another_is_told_as_cancelled_and_the_other_begins_at_1() {
        OrderJson order = entry();
        Reply failed = SELLER.settles(unsellable().reference(order.reference()));
        Reply again = SELLER.settles(order);
        assertThat(eventsOf(failed))
                .containsExactly("1 ota_cm_order_processed Error", "2 ota_cm_order_cancelled Cancelled");
        assertThat(eventsOf(again)).containsExactly("1 ota_cm_order_processed Draft");
    }

    @Test
    void all_that_settle_together_are_told_of_together_whatever_became_of_them() {
        Reply issued = SELLER.places(entry().paid());
        Reply failed = SELLER.places(unsellable());
        Reply draft = SELLER.places(entry());
        var inserts = new AtomicInteger();
        var counting = new WatchedDataSource.Script() {
            @Override
            public void beforeStatement(String sql) {
                if (sql.contains("insert into webhooks.events")) {
                    inserts.incrementAndGet();
                }
            }
        };
        WatchedDataSource.under(counting, () -> {
            CASTLE.settle();
            return inserts;
        });

        assertThat(inserts).hasValue(1);
        assertThat(List.of(eventsOf(issued), eventsOf(failed), eventsOf(draft)))
                .containsExactly(
                        List.of("1 ota_cm_order_processed Issued"),
                        List.of("1 ota_cm_order_processed Error"),
                        List.of("1 ota_cm_order_processed Draft"));
    }

    @Test
    void nothing_is_told_where_nothing_changed() {
        Reply issued = SELLER.settles(entry().paid());
        SELLER.confirms(issued).is(200);
        assertThat(eventsOf(issued)).hasSize(1);
        SELLER.cancels(issued).is(200);
        SELLER.cancels(issued).is(200);
        SELLER.confirms(issued).isProblem(400, "order_not_confirmable");
        assertThat(eventsOf(issued)).hasSize(2);
        OrderRecord.of(CASTLE, issued).assertConsistent();
    }

    private static OrderJson entry() {
        return order().line("31003", 1, WEEKDAY, "11:00:00");
    }

    private static OrderJson unsellable() {
        return order().line("31003", 1, WEEKDAY, "20:00:00");
    }

    /** The order that stands in the way of another with its reference. */
    private static Reply existing(OrderJson order) {
        String list = "/channelManager/orders/" + Castle.JOURNEY_DEALS + "?sellToOrderReference=" + order.reference();
        String id = SELLER.api().get(list).is(200).at("/data/0/orderId");
        return SELLER.api().get("/channelManager/" + id).is(200);
    }

    private static List<String> eventsOf(Reply order) {
        return OrderRecord.of(CASTLE, order).events();
    }

    private static void assertPayload(Reply order, String status, String statusCode) {
        JsonNode payload = OrderRecord.of(CASTLE, order).lastPayload();
        assertThat(payload.propertyNames())
                .containsExactly(
                        "orderId",
                        "buyFromOrderReference",
                        "status",
                        "statusCode",
                        "sellToOrderReference",
                        "partnerId");
        assertThat(payload.path("status").asString()).isEqualTo(status);
        assertThat(payload.path("statusCode").asString()).isEqualTo(statusCode);
        for (String name : List.of("orderId", "buyFromOrderReference", "sellToOrderReference", "partnerId")) {
            assertThat(payload.path(name).asString()).isNotEmpty().isEqualTo(order.at("/" + name));
        }
    }
}
