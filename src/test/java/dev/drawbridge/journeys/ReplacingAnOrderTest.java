package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
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

/** Replacing orders, and orders that take the place of others. */
class ReplacingAnOrderTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void a_cancelled_order_keeps_its_reference() {
        Reply cancelled = cancelled();
        Reply refused =
                place(order().reference(cancelled.at("/sellToOrderReference").toLowerCase(Locale.ROOT))
                        .line("31001", 1, WEEKDAY, "09:00:00"));
        refused.isProblem(400, "duplicate_order");
        assertThat(refused.at("/details/0/orderId")).isEqualTo(cancelled.at("/orderId"));
    }

    @Test
    void an_order_in_flight_can_be_neither_cancelled_nor_replaced() {
        Reply submitted = place(order().line("31001", 1, WEEKDAY, "09:00:00")).is(201);
        partner.delete(path(submitted)).isProblem(400, "order_in_flight");
        replace(
                        submitted,
                        order().reference(submitted.at("/sellToOrderReference")).line("31001", 1, WEEKDAY, "09:00:00"))
                .isProblem(400, "order_in_flight");
        castle.settle();
        partner.delete(path(submitted)).is(200);
    }

    @Test
    void replacing_a_draft_keeps_who_it_is_and_changes_everything_else() {
        Reply draft = settled(order().with("\"sellToName\": \"Jane\"").line("31001", 1, WEEKDAY, "09:00:00"));
        Reply replaced = replace(
                        draft,
                        order().reference(draft.at("/sellToOrderReference").toLowerCase(Locale.ROOT))
                                .paid()
                                .line("31003", 2, WEEKDAY, "11:00:00"))
                .is(200);
        assertThat(replaced.at("/status")).isEqualTo("Submitted");
        assertThat(replaced.at("/jobId")).isEmpty();
        castle.settle();
        Reply issued = read(draft);
        assertThat(issued.at("/status")).isEqualTo("Issued");
        for (String kept :
                new String[] {"/orderId", "/buyFromOrderReference", "/receivedAt", "/sellToOrderReference"}) {
            assertThat(issued.at(kept)).isEqualTo(draft.at(kept));
        }
        assertThat(issued.at("/sellToName")).isEmpty();
        assertThat(issued.json().at("/items/0/wallets")).hasSize(2);
    }

    @Test
    void a_replaced_order_keeps_its_places_until_the_new_ones_are_issued() {
        Castle small = Castle.opened(setup -> setup.replace("lasts: PT1H, capacity: 20", "lasts: PT1H, capacity: 2"));
        Api seller = small.partner(Castle.JOURNEY_DEALS);
        OrderJson both = order().line("31003", 2, WEEKDAY, "11:00:00");
        Reply draft = seller.post("/channelManager", both.toString()).is(201);
        small.settle();
        seller.put("/channelManager/" + draft.at("/orderId"), both.paid().toString())
                .is(200);
        assertThat(small.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(2);
        Reply rival = seller.post(
                        "/channelManager",
                        order().line("31003", 1, WEEKDAY, "11:00:00").toString())
                .is(201);
        small.settle();
        assertThat(seller.get("/channelManager/" + draft.at("/orderId")).at("/status"))
                .isEqualTo("Issued");
        assertThat(seller.get("/channelManager/" + rival.at("/orderId")).at("/statusCode"))
                .isEqualTo("capacity_exceeded");
        assertThat(small.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(2);
        small.assertCountersEqualReservations();
    }

    @Test
    void a_replacement_that_cannot_be_issued_gives_the_old_places_back() {
        int before = castle.taken("TOUR", WEEKDAY, "14:00");
        Reply draft = settled(order().line("31003", 2, WEEKDAY, "14:00:00"));
        replace(draft, order().reference(draft.at("/sellToOrderReference")).line("31003", 1, WEEKDAY, "20:00:00"))
                .is(200);
        castle.settle();
        assertThat(read(draft).at("/statusCode")).isEqualTo("no_time_slot");
        assertThat(castle.taken("TOUR", WEEKDAY, "14:00")).isEqualTo(before);
    }

    @Test
    void an_invalid_replacement_tears_nothing_down() {
        Reply draft = settled(order().line("31001", 1, WEEKDAY, "09:00:00"));
        replace(draft, order().reference(draft.at("/sellToOrderReference")).line("31001", 0, WEEKDAY, "09:00:00"))
                .isProblem(400, "validation_failed");
        assertThat(read(draft).json()).isEqualTo(draft.json());
    }

    @Test
    void issued_and_cancelled_orders_cannot_be_replaced() {
        for (Reply order : new Reply[] {settled(order().paid().line("31001", 1, WEEKDAY, "09:00:00")), cancelled()}) {
            replace(order, order().reference(order.at("/sellToOrderReference")).line("31001", 1, WEEKDAY, "09:00:00"))
                    .isProblem(400, "order_not_replaceable");
        }
    }

    @Test
    void the_identity_of_an_order_cannot_change() {
        Reply draft = settled(order().line("31001", 1, WEEKDAY, "09:00:00"));
        replace(draft, order().line("31001", 1, WEEKDAY, "09:00:00")).isProblem(400, "order_identity_immutable");
        castle.operator()
                .put(
                        path(draft),
                        order().of(Castle.CITY_PASS_NORD)
                                .reference(draft.at("/sellToOrderReference"))
                                .line("31001", 1, WEEKDAY, "09:00:00")
                                .toString())
                .isProblem(400, "order_identity_immutable");
    }

    @Test
    void a_repeated_order_is_refused_and_names_the_first() {
        OrderJson order = order().line("31001", 1, WEEKDAY, "09:00:00");
        Reply first = place(order).is(201);
        Reply repeated = place(order);
        repeated.isProblem(400, "duplicate_order");
        assertThat(repeated.at("/details/0/orderId")).isEqualTo(first.at("/orderId"));
    }

    @Test
    void a_new_order_takes_the_place_of_one_in_error_once_it_is_valid_and_may_use_its_external_references() {
        String external = "EXT-" + UUID.randomUUID();
        Reply failed = settled(order().line("31003", 1, WEEKDAY, "20:00:00", externalReferences(external)));
        OrderJson again = order().reference(failed.at("/sellToOrderReference"));
        place(again.line("31003", 0, WEEKDAY, "11:00:00")).isProblem(400, "validation_failed");
        assertThat(read(failed).at("/status")).isEqualTo("Error");
        Reply placed = place(again.line("31001", 1, WEEKDAY, "11:00:00", externalReferences(external)))
                .is(201);
        assertThat(placed.at("/orderId")).isNotEqualTo(failed.at("/orderId"));
        read(failed, 404);
        castle.settle();
        assertThat(read(placed).at("/items/0/wallets/0/externalReferenceNumber"))
                .isEqualTo(external);
    }

    @Test
    void cancelling_and_replacing_free_external_references() {
        String external = "EXT-" + UUID.randomUUID();
        OrderJson first = order().line("31001", 1, WEEKDAY, "09:00:00", externalReferences(external));
        Reply draft = settled(first);
        replace(draft, first).is(200);
        castle.settle();
        replace(draft, order().reference(first.reference()).line("31001", 1, WEEKDAY, "09:00:00"))
                .is(200);
        Reply second = place(order().paid().line("31001", 1, WEEKDAY, "09:00:00", externalReferences(external)))
                .is(201);
        castle.settle();
        partner.delete(path(second)).is(200);
        place(order().line("31001", 1, WEEKDAY, "09:00:00", externalReferences(external)))
                .is(201);
    }

    private static Reply place(OrderJson order) {
        return partner.post("/channelManager", order.toString());
    }

    private static Reply settled(OrderJson order) {
        Reply placed = place(order).is(201);
        castle.settle();
        return read(placed);
    }

    private static Reply cancelled() {
        Reply issued = settled(order().paid().line("31001", 1, WEEKDAY, "09:00:00"));
        return partner.delete(path(issued)).is(200);
    }

    private static Reply replace(Reply order, OrderJson by) {
        return partner.put(path(order), by.toString());
    }

    private static Reply read(Reply order) {
        return read(order, 200);
    }

    private static Reply read(Reply order, int status) {
        return partner.get(path(order)).isStatus(status);
    }

    private static String path(Reply order) {
        return "/channelManager/" + order.at("/orderId");
    }
}
