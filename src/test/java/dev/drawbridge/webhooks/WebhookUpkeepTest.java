package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long what was told is kept, and how little it takes to find what is not. */
class WebhookUpkeepTest {

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Telling telling = new Telling();
    private final CompanyId company = telling.company.company().id();
    private final WebhookUpkeep upkeep = TestServer.running().bean(WebhookUpkeep.class);
    private final WebhookUpkeepJob job = TestServer.running().bean(WebhookUpkeepJob.class);
    private String webhook = "";
    private Instant began = Instant.EPOCH;

    @BeforeEach
    void subscribe() {
        clock.set(clock.now());
        began = clock.now();
        webhook = telling.subscribe(receiver.url());
    }

    @Test
    void delivered_ones_are_kept_for_thirty_days_and_dead_ones_for_ninety() {
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        receiver.answer(410);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();

        clock.set(began.plus(WebhookUpkeep.DELIVERIES_KEPT));
        upkeep.purge(company);
        assertThat(telling.deliveries(webhook)).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        upkeep.purge(company);
        assertThat(telling.deliveries(webhook)).hasSize(1);
        assertThat(telling.delivery(webhook).path("state").asString()).isEqualTo("dead");
        clock.set(began.plus(WebhookUpkeep.DEAD_KEPT));
        upkeep.purge(company);
        assertThat(telling.number("select count(*) from webhooks.events where company_id = :company"))
                .isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        upkeep.purge(company);
        assertThat(telling.deliveries(webhook)).isEmpty();
        assertThat(telling.number("select count(*) from webhooks.events where company_id = :company"))
                .isZero();
    }

    @Test
    void a_deleted_webhook_is_removed_with_its_deliveries() {
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        telling.operator.delete("/webhooks/" + webhook).is(204);
        upkeep.purge(company);

        assertThat(telling.number("select count(*) from webhooks.deliveries where company_id = :company"))
                .isZero();
        assertThat(telling.number("select count(*) from webhooks.subscriptions where company_id = :company"))
                .isZero();
    }

    @Test
    void every_company_has_its_turn_once_an_hour_on_one_node() throws Exception {
        claimAll();
        assertThat(upkeep.claimDue()).isEmpty();
        clock.advance(WebhookUpkeep.PAUSE);
        List<Callable<List<CompanyId>>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(this::claimAll);
        }
        List<CompanyId> claimed = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<CompanyId>> claims : threads.invokeAll(nodes)) {
                claimed.addAll(claims.get());
            }
        }
        assertThat(claimed).contains(company).doesNotHaveDuplicates();
    }

    @Test
    void what_the_server_disables_is_counted_soon_and_no_longer_once_it_is_activated_or_deleted() {
        runAll();
        double before = disabled();
        receiver.answer(410);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        runAll();
        assertThat(disabled()).isEqualTo(before + 1);

        telling.operator
                .patch("/webhooks/" + webhook, "{\"state\": \"active\"}")
                .is(200);
        runAll();
        assertThat(disabled()).isEqualTo(before);
        assertThat(TestServer.running()
                        .bean(MeterRegistry.class)
                        .get("ocm.webhook.oldest.pending")
                        .gauge()
                        .value())
                .isNotNegative();
    }

    private List<CompanyId> claimAll() {
        List<CompanyId> claimed = new ArrayList<>();
        List<CompanyId> batch = upkeep.claimDue();
        while (!batch.isEmpty()) {
            claimed.addAll(batch);
            batch = upkeep.claimDue();
        }
        return claimed;
    }

    private void runAll() {
        boolean more = true;
        while (more) {
            more = job.runOnce();
        }
    }

    private static double disabled() {
        return TestServer.running()
                .bean(MeterRegistry.class)
                .get("ocm.webhook.endpoint.disabled")
                .gauge()
                .value();
    }
}
