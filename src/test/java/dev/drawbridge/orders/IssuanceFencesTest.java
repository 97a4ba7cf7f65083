package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.fixtures.WatchedDataSource;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.DueOrderStore.Claimed;
import dev.drawbridge.platform.database.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What keeps an order from being issued twice, lost, or tried for ever. */
class IssuanceFencesTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final OrderIssuance issuance = TestServer.running().bean(OrderIssuance.class);
    private final MeterRegistry meters = TestServer.running().bean(MeterRegistry.class);
    private final DueOrderStore jobs = TestServer.running().bean(DueOrderStore.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private Castle castle;
    private Api partner;

    @BeforeEach
    void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
        castle.settle();
        clock.set(clock.now());
    }

    @Test
    void a_claimed_order_shows_as_scheduled_and_cannot_be_claimed_again_while_its_lease_lasts() {
        String order = place();
        Claim claim = claim(order);
        assertThat(status(order)).isEqualTo("Scheduled");
        assertThat(due(order)).isEmpty();
        clock.advance(OrderQueue.LEASE.minus(Duration.ofMillis(1)));
        assertThat(due(order)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(due(order)).extracting(Claim::leaseToken).containsExactly(claim.leaseToken() + 1);
    }

    @Test
    void a_worker_whose_lease_was_taken_over_changes_nothing() {
        String order = place();
        Claim zombie = claim(order);
        clock.advance(OrderQueue.LEASE);
        Claim successor = claim(order);
        issuance.work(zombie.company(), List.of(zombie));
        assertThat(status(order)).isEqualTo("Scheduled");
        issuance.work(successor.company(), List.of(successor));
        assertThat(status(order)).isEqualTo("Issued");
        issuance.work(zombie.company(), List.of(zombie));
        assertThat(wallets(order)).isEqualTo("1");
    }

    @Test
    void only_a_lease_that_ended_counts_as_stolen() {
        String order = place();
        assertThat(claimed(order).stolen()).isFalse();
        clock.advance(OrderQueue.LEASE);
        Claimed stolen = claimed(order);
        assertThat(stolen.stolen()).isTrue();
        spoil(order);
        issuance.work(stolen.claim().company(), List.of(stolen.claim()));
        clock.advance(Duration.ofMinutes(5));
        assertThat(claimed(order).stolen())
                .as("the worker had put it back itself")
                .isFalse();
        double counted = meters.counter("ocm.lease.stolen").count();
        clock.advance(OrderQueue.LEASE);
        assertThat(due(order)).hasSize(1);
        assertThat(meters.counter("ocm.lease.stolen").count()).isGreaterThan(counted);
    }

    @Test
    void an_order_that_fails_is_tried_again_shows_as_scheduled_meanwhile_and_ends_in_error_after_five_attempts() {
        String order = place();
        spoil(order);
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(attempt == 1 ? "Submitted" : "Scheduled").isEqualTo(storedStatus(order));
            castle.settle();
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(storedStatus(order)).isEqualTo("Error");
        assertThat(stored(order, "select status_code from orders.orders where order_id = ?"))
                .isEqualTo("issuance_failed");
    }

    @Test
    void an_order_that_cannot_be_issued_does_not_hold_up_its_batch() {
        String poison = place();
        String healthy = place();
        spoil(poison);
        castle.settle();
        assertThat(status(healthy)).isEqualTo("Issued");
    }

    @Test
    void each_partner_with_work_has_its_turn_in_every_claim() {
        List<String> placed = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            placed.add(place());
        }
        Api rival = castle.partner(Castle.CITY_PASS_NORD);
        String rivals = rival.post(
                        "/channelManager",
                        order().of(Castle.CITY_PASS_NORD)
                                .line("31001", 1, WEEKDAY, "10:00:00")
                                .toString())
                .is(201)
                .at("/orderId");
        List<Claim> claims = issuance.claimDue(2, 256);
        List<String> ours = claims.stream()
                .map(claim -> claim.order().toString())
                .filter(placed::contains)
                .toList();
        assertThat(ours).hasSize(2);
        assertThat(claims).extracting(claim -> claim.order().toString()).contains(rivals);
    }

    @Test
    void while_slots_are_locked_nothing_is_taken_off_a_number_series() {
        OrderJson order = order().paid().line("31009", 150, WEEKDAY, "10:00:00").line("31001", 1, WEEKDAY, "10:00:00");
        Claim claim =
                claim(partner.post("/channelManager", order.toString()).is(201).at("/orderId"));
        List<String> statements = new ArrayList<>();
        var listening = new WatchedDataSource.Script() {
            @Override
            public void beforeStatement(String sql) {
                if (sql.contains("number_series")) {
                    statements.add("series");
                } else if (sql.contains("ticketing.slots") && sql.contains("for no key update")) {
                    statements.add("slots");
                }
            }
        };
        WatchedDataSource.under(listening, () -> {
            issuance.work(claim.company(), List.of(claim));
            return claim;
        });
        assertThat(statements).containsExactly("series", "slots");
        assertThat(status(claim.order().toString())).isEqualTo("Issued");
    }

    private String place() {
        Reply placed = partner.post(
                "/channelManager",
                order().paid().line("31001", 1, WEEKDAY, "10:00:00").toString());
        return placed.is(201).at("/orderId");
    }

    private Claim claim(String order) {
        return due(order).getFirst();
    }

    private Claimed claimed(String order) {
        return transactions.acrossCompanies(() -> jobs.claimDue(64, 256, OrderQueue.LEASE)).stream()
                .filter(claimed -> claimed.claim().order().toString().equals(order))
                .findFirst()
                .orElseThrow();
    }

    /** Claims whatever is due, that of other tests too, and answers what is of this order. */
    private List<Claim> due(String order) {
        return issuance.claimDue(64, 256).stream()
                .filter(claim -> claim.order().toString().equals(order))
                .toList();
    }

    private String status(String order) {
        return partner.get("/channelManager/" + order).is(200).at("/status");
    }

    private void spoil(String order) {
        castle.inDatabase(jdbc -> jdbc.sql("update orders.orders set content = '[null]' where order_id = ?")
                .param(UUID.fromString(order))
                .update());
    }

    private String storedStatus(String order) {
        return stored(order, "select status from orders.order_status where order_id = ?");
    }

    private String wallets(String order) {
        return stored(order, "select count(*) from wallets.wallets where order_id = ?");
    }

    private String stored(String order, String sql) {
        return castle.inDatabase(jdbc ->
                jdbc.sql(sql).param(UUID.fromString(order)).query(String.class).single());
    }
}
