package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.Caller;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Issuing inside the call when it takes too long, when too many want it, and when the call's node dies. */
class SyncIssuanceTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final int CALLS_MAX = 8;

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Castle castle = Castle.opened();
    private final Seller seller = Seller.at(castle);

    @Test
    void a_call_answers_after_ten_seconds_while_its_order_goes_on_and_too_many_that_go_on_are_refused()
            throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> calls = new ArrayList<>();
            try (RowLock tour = RowLock.ofSlot(castle, "TOUR", WEEKDAY, "11:00")) {
                for (int number = 0; number < CALLS_MAX; number++) {
                    calls.add(callers.submit(() -> seller.issuesInTheCall(tour())));
                }
                tour.awaitWaiting(CALLS_MAX);
                assertRefusedBeforeAnythingIsWritten();
                for (Future<Reply> call : calls) {
                    assertThat(call.get().is(201).at("/status")).isEqualTo("Processing");
                }
                assertThat(tour.waiting())
                        .as("the runs go on without their calls")
                        .isEqualTo(CALLS_MAX);
                assertRefusedBeforeAnythingIsWritten();
            }
            for (Future<Reply> call : calls) {
                RowLock.await(() -> seller.reads(call.get()).at("/status").equals("Draft"));
                OrderRecord.of(castle, call.get()).assertConsistent();
            }
        }
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(CALLS_MAX);
        assertThat(seller.issuesInTheCall(tour()).is(201).at("/status")).isEqualTo("Draft");
    }

    @Test
    void workers_finish_what_a_call_accepted_and_its_node_did_not_issue() {
        clock.set(clock.now());
        OrderJson order = tour().paid();
        OrderIntake intake = TestServer.running().bean(OrderIntake.class);
        intake.place(
                Caller.PLATFORM,
                castle.id(),
                JsonMapper.shared().readTree(order.toString()),
                OrderQueue.Mode.SYNCHRONOUS,
                false);
        Reply accepted = seller.places(order);
        accepted.isProblem(400, "duplicate_order");
        String path = "/channelManager/" + accepted.at("/details/0/orderId");
        assertThat(seller.api().get(path).at("/status")).isEqualTo("Scheduled");
        castle.settle();
        assertThat(seller.api().get(path).at("/status")).isEqualTo("Scheduled");
        clock.advance(OrderQueue.LEASE);
        castle.settle();
        assertThat(seller.api().get(path).at("/status")).isEqualTo("Issued");
    }

    private void assertRefusedBeforeAnythingIsWritten() {
        OrderJson refused = tour();
        Reply overloaded = seller.issuesInTheCall(refused);
        overloaded.isProblem(503, "overloaded");
        assertThat(overloaded.header("Retry-After")).isPresent();
        String list = "/channelManager/orders/" + Castle.JOURNEY_DEALS + "?sellToOrderReference=";
        assertThat(seller.api().get(list + refused.reference()).is(200).json().path("data"))
                .isEmpty();
    }

    private static OrderJson tour() {
        return order().line("31003", 1, WEEKDAY, "11:00:00");
    }
}
