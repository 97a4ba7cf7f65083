package dev.drawbridge.faults;

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
import dev.drawbridge.platform.postgres.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A second node on the same database, killed while it issues; the first one finishes what it leaves. */
@Timeout(180)
class KilledWhileIssuingTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    /** Longer than any lease. */
    private static final Duration LEASE_OVER = Duration.ofMinutes(1);

    @RegisterExtension
    final TestClock clock = new TestClock();

    @TempDir
    private Path data = Path.of("");

    private final Castle castle = Castle.opened();
    private final Seller seller = Seller.at(castle);
    private final List<Reply> accepted = new ArrayList<>();

    @Test
    void orders_of_a_node_that_is_killed_in_the_midst_of_their_transactions_settle_once() throws Exception {
        accept(100, "10:00:00");
        accept(60, "12:00:00");
        String key = UUID.randomUUID().toString();
        OrderJson inTheCall = order().paid().line("31001", 2, WEEKDAY, "12:00:00");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                RowLock noon = RowLock.ofSlot(castle, "CASTLE", WEEKDAY, "12:00");
                ChildProcess node = TestServer.startNode(data)) {
            String address = node.awaitLine("ready address=").replaceAll(".*address=(\\S+).*", "$1");
            noon.awaitWaiting(1);
            Future<Reply> call = callers.submit(() -> seller.api()
                    .with("Idempotency-Key", key)
                    .at(address)
                    .post("/channelManager?sync=1", inTheCall.toString()));
            RowLock.await(() -> inState("processing") > 60);
            noon.awaitWaiting(2);
            node.kill();
            RowLock.await(call::isDone);
            assertThat(call.state()).as("nobody has answered the call").isEqualTo(Future.State.FAILED);
        }
        assertThat(inState("processing")).isPositive();

        finishElsewhere();
        Reply answer = seller.api()
                .with("Idempotency-Key", key)
                .post("/channelManager?sync=1", inTheCall.toString())
                .is(201);
        assertThat(answer.at("/status")).isEqualTo("Issued");
        accepted.add(answer);
        assertEachIssuedOnce();
    }

    @Test
    void orders_of_a_node_that_is_killed_at_any_moment_settle_once() throws Exception {
        accept(400, "10:00:00", "11:00:00", "12:00:00", "13:00:00");
        for (int killed = 1; killed <= 2; killed++) {
            long before = issued();
            try (ChildProcess node = TestServer.startNode(data)) {
                RowLock.await(() -> issued() > before || inState("waiting") == 0);
                node.kill();
            }
            clock.advance(LEASE_OVER);
        }
        finishElsewhere();
        assertEachIssuedOnce();
    }

    private void accept(int count, String... times) {
        for (int number = 0; number < count; number++) {
            String time = times[number % times.length];
            accepted.add(seller.places(order().paid().line("31001", 2, WEEKDAY, time))
                    .is(201));
        }
    }

    private void finishElsewhere() {
        clock.advance(LEASE_OVER);
        castle.settle();
    }

    private void assertEachIssuedOnce() {
        assertThat(accepted).allSatisfy(order -> {
            Reply issued = seller.reads(order).is(200);
            assertThat(issued.at("/status")).isEqualTo("Issued");
            assertThat(issued.json().at("/items/0/wallets")).hasSize(2);
            OrderRecord record = OrderRecord.of(castle, order);
            assertThat(record.events()).containsExactly("1 ota_cm_order_processed Issued");
            assertThat(record.count("select count(*) from ticketing.tickets where order_id = ?"))
                    .isEqualTo(2);
            record.assertConsistent();
        });
        castle.assertCountersEqualReservations();
    }

    private long issued() {
        return count("select count(*) from orders.orders where status = 'Issued'");
    }

    private long inState(String state) {
        return count("select count(*) from orders.issuance_jobs join orders.orders using (company_id, order_id)"
                + " where state = '" + state + "'");
    }

    private long count(String sql) {
        return castle.inDatabase(jdbc -> jdbc.sql(sql).query(Long.class).single());
    }
}
