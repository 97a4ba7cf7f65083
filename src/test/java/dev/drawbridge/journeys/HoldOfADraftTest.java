package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A Draft holds its capacity for a while. */
class HoldOfADraftTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Duration MOMENT = Duration.ofMillis(1);

    @RegisterExtension
    final TestClock clock = new TestClock();

    private Castle castle;
    private Api partner;

    @BeforeEach
    void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
        clock.set(clock.now());
    }

    @Test
    void a_hold_lasts_as_long_as_the_partners_holds_else_as_the_companys() {
        Reply draft = draft(order().line("31003", 1, WEEKDAY, "11:00:00"));
        assertThat(holdOf(draft)).isEqualTo(clock.now().plus(Duration.ofHours(2)));
        Api cityPass = castle.partner(Castle.CITY_PASS_NORD);
        Reply shortHold = cityPass.post(
                        "/channelManager",
                        order().of(Castle.CITY_PASS_NORD)
                                .line("31003", 1, WEEKDAY, "11:00:00")
                                .toString())
                .is(201);
        castle.settle();
        assertThat(holdOf(cityPass.get(path(shortHold)))).isEqualTo(clock.now().plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_hold_never_lasts_past_the_end_of_the_last_slot() {
        Instant tourEnds = WEEKDAY.atTime(15, 0).atZone(Castle.ZONE).toInstant();
        clock.set(tourEnds.minus(Duration.ofMinutes(30)));
        Reply draft = draft(order().line("31003", 1, WEEKDAY, "14:00:00"));
        assertThat(holdOf(draft)).isEqualTo(tourEnds);
    }

    @Test
    void a_draft_that_takes_no_capacity_has_no_hold() {
        assertThat(draft(order().line("31009", 1, WEEKDAY, "11:00:00")).json().has("holdExpiresAt"))
                .isFalse();
    }

    @Test
    void a_hold_that_expires_gives_its_places_back_once_and_leaves_the_draft_with_its_slots() {
        Reply draft = draft(order().line("31003", 4, WEEKDAY, "11:00:00"));
        clock.set(holdOf(draft).minus(MOMENT));
        castle.endHolds();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(4);
        clock.advance(MOMENT);
        castle.endHolds();
        castle.endHolds();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isZero();
        Reply expired = partner.get(path(draft)).is(200);
        assertThat(expired.at("/status")).isEqualTo("Draft");
        assertThat(expired.json().has("holdExpiresAt")).isFalse();
        assertThat(expired.json().at("/items/0/wallets")).isEqualTo(draft.json().at("/items/0/wallets"));
        castle.assertCountersEqualReservations();
    }

    @Test
    void an_order_that_somebody_has_locked_keeps_no_other_hold_from_ending() {
        Reply locked = draft(order().line("31003", 1, WEEKDAY, "11:00:00"));
        Reply other = draft(order().line("31003", 2, WEEKDAY, "11:00:00"));
        clock.set(holdOf(other));
        TestServer.running().bean(Transactions.class).inCompany(castle.id(), transaction -> {
            TestServer.running()
                    .bean(JdbcClient.class)
                    .sql("select order_id from orders.orders where order_id = :order::uuid for no key update")
                    .param("order", locked.at("/orderId"))
                    .query(UUID.class)
                    .single();
            CompletableFuture.runAsync(castle::endHolds).join();
            return transaction;
        });
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(1);
        castle.endHolds();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isZero();
    }

    @Test
    void a_draft_whose_hold_expired_is_confirmed_into_the_same_slots_if_there_is_room() {
        Reply draft = expired(order().line("31003", 4, WEEKDAY, "11:00:00"));
        assertThat(confirm(draft).is(200).at("/status")).isEqualTo("Issued");
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(4);
        castle.assertCountersEqualReservations();
    }

    @Test
    void a_draft_whose_hold_expired_stays_a_draft_when_its_slot_is_sold_out_or_closed_or_over() {
        Reply soldOut = expired(order().line("31003", 4, WEEKDAY, "11:00:00"));
        draft(order().paid().line("31003", 17, WEEKDAY, "11:00:00"));
        confirm(soldOut).isProblem(400, "capacity_exceeded");

        Reply closed = expired(order().line("31003", 1, WEEKDAY, "14:00:00"));
        castle.operator()
                .patch(
                        "/admissions/TOUR/slots/"
                                + castle.slot("TOUR", WEEKDAY, "14:00")
                                        .path("slotId")
                                        .asString(),
                        "{\"closed\": true}")
                .is(200);
        confirm(closed).isProblem(400, "no_time_slot");

        Reply over = expired(order().line("31001", 1, WEEKDAY, "16:00:00"));
        clock.set(WEEKDAY.atTime(16, 30).atZone(Castle.ZONE).toInstant());
        confirm(over).isProblem(400, "visit_in_past");
        for (Reply draft : new Reply[] {soldOut, closed, over}) {
            assertThat(partner.get(path(draft)).at("/status")).isEqualTo("Draft");
        }
        castle.assertCountersEqualReservations();
    }

    @Test
    void a_confirmed_or_replaced_draft_is_no_longer_held() {
        Reply confirmed = draft(order().line("31003", 1, WEEKDAY, "11:00:00"));
        confirm(confirmed).is(200);
        OrderJson again = order().line("31003", 2, WEEKDAY, "11:00:00");
        Reply replaced = draft(again);
        partner.put(path(replaced), again.paid().toString()).is(200);
        castle.settle();
        clock.advance(Duration.ofHours(3));
        castle.endHolds();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(3);
    }

    private Reply expired(OrderJson order) {
        Reply draft = draft(order);
        clock.set(holdOf(draft));
        castle.endHolds();
        return draft;
    }

    private Reply draft(OrderJson order) {
        Reply placed = partner.post("/channelManager", order.toString()).is(201);
        castle.settle();
        return partner.get(path(placed)).is(200);
    }

    private Reply confirm(Reply draft) {
        return partner.post(path(draft) + "/confirm", "{\"paymentReference\": \"P\"}");
    }

    private static Instant holdOf(Reply draft) {
        return Instant.parse(draft.at("/holdExpiresAt"));
    }

    private static String path(Reply order) {
        return "/channelManager/" + order.at("/orderId");
    }
}
