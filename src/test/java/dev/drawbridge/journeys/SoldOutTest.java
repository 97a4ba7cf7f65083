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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places are sold once, whoever asks at the same time. */
class SoldOutTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final int THREADS = 64;
    private static final int CAPACITY = 20;

    private Castle castle;
    private Api partner;

    @BeforeEach
    void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sync=1"})
    void sixty_four_buyers_of_the_last_twenty_places_get_exactly_twenty(String query) throws Exception {
        List<String> references = new ArrayList<>();
        List<OrderJson> orders = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            OrderJson order = order().paid();
            for (int line = 0; line <= number % 3; line++) {
                order = order.line("31003", 1, WEEKDAY, "11:00:00");
            }
            orders.add(order);
            references.add(order.reference());
        }
        atOnce(THREADS, number -> retryingOverload(orders.get(number), query));
        castle.settle();

        int tickets = 0;
        for (Reply order : bought()) {
            switch (order.at("/status")) {
                case "Issued" -> tickets += order.json().path("items").size();
                case "Error" -> assertThat(order.at("/statusCode")).isEqualTo("capacity_exceeded");
                default -> throw new AssertionError(order.text());
            }
        }
        assertThat(bought()).hasSize(references.size());
        assertThat(tickets).isEqualTo(CAPACITY);
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(CAPACITY);
        castle.assertCountersEqualReservations();
    }

    @Test
    void cancelling_returns_every_place_once_however_often_it_is_asked_for() throws Exception {
        List<Reply> orders = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            orders.add(partner.post(
                            "/channelManager",
                            order().paid().line("31003", 2, WEEKDAY, "11:00:00").toString())
                    .is(201));
        }
        castle.settle();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(CAPACITY);
        atOnce(40, number -> partner.delete(
                        "/channelManager/" + orders.get(number / 4).at("/orderId"))
                .is(200));
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isZero();
        castle.assertCountersEqualReservations();
    }

    @Test
    void an_order_gets_all_its_places_or_none() {
        Reply filled = partner.post(
                        "/channelManager",
                        order().paid().line("31003", 19, WEEKDAY, "11:00:00").toString())
                .is(201);
        Reply both = partner.post(
                        "/channelManager",
                        order().paid()
                                .line("31003", 2, WEEKDAY, "14:00:00")
                                .line("31003", 2, WEEKDAY, "11:00:00")
                                .toString())
                .is(201);
        castle.settle();
        assertThat(partner.get("/channelManager/" + filled.at("/orderId")).at("/status"))
                .isEqualTo("Issued");
        assertThat(partner.get("/channelManager/" + both.at("/orderId")).at("/statusCode"))
                .isEqualTo("capacity_exceeded");
        assertThat(castle.taken("TOUR", WEEKDAY, "14:00")).isZero();
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(19);
    }

    @Test
    void confirm_and_cancel_that_race_behave_as_if_one_came_first() throws Exception {
        for (int round = 0; round < 10; round++) {
            Reply draft = partner.post(
                            "/channelManager",
                            order().line("31003", 1, WEEKDAY, "11:00:00").toString())
                    .is(201);
            castle.settle();
            String path = "/channelManager/" + draft.at("/orderId");
            List<Reply> replies = atOnce(
                    2,
                    number -> number == 0
                            ? partner.post(path + "/confirm", "{\"paymentReference\": \"P\"}")
                            : partner.delete(path));
            assertThat(replies.get(1).is(200).at("/status")).isEqualTo("Cancelled");
            assertThat(replies.get(0).status()).isIn(200, 404);
            partner.get(path).isStatus(replies.get(0).status());
        }
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isZero();
        castle.assertCountersEqualReservations();
    }

    @Test
    void fifty_orders_under_one_reference_make_one_order() throws Exception {
        OrderJson order = order().line("31001", 1, WEEKDAY, "10:00:00");
        List<Reply> replies = atOnce(50, number -> partner.post("/channelManager", order.toString()));
        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.isProblem(400, "duplicate_order"));
    }

    private List<Reply> bought() {
        return partner
                .get("/channelManager/orders/" + Castle.JOURNEY_DEALS)
                .is(200)
                .json()
                .path("data")
                .values()
                .stream()
                .map(order -> partner.get(
                                "/channelManager/" + order.path("orderId").asString())
                        .is(200))
                .toList();
    }

    /** Too many synchronous calls at once are told to come again. */
    private Reply retryingOverload(OrderJson order, String query) {
        Reply reply = partner.post("/channelManager" + query, order.toString());
        for (int attempt = 0; attempt < 20 && reply.status() == 503; attempt++) {
            assertThat(reply.header("Retry-After")).isPresent();
            reply = partner.post("/channelManager" + query, order.toString());
        }
        assertThat(reply.status()).as(reply.text()).isIn(201, 400);
        return reply;
    }

    private static List<Reply> atOnce(int threads, IntFunction<Reply> call) throws Exception {
        var start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> calls = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                int index = number;
                calls.add(executor.submit(() -> {
                    start.await();
                    return call.apply(index);
                }));
            }
            start.countDown();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : calls) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
