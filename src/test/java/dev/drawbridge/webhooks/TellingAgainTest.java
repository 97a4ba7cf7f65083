package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redelivery, replay, and how long there is something to send again. */
class TellingAgainTest {

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Telling telling = new Telling();
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final ReplayJob replays = TestServer.running().bean(ReplayJob.class);
    private String webhook = "";
    private Instant began = Instant.EPOCH;

    @BeforeEach
    void subscribe() {
        clock.set(clock.now());
        began = clock.now();
        webhook = telling.subscribe(receiver.url());
    }

    @Test
    void a_delivery_is_sent_again_with_the_same_id_whatever_became_of_it() {
        receiver.answer(410);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        String id = telling.delivery(webhook).path("id").asString();
        redeliver(id).isProblem(400, "webhook_disabled");
        setState("active");

        receiver.answer(204);
        for (int time = 0; time < 2; time++) {
            Reply again = redeliver(id).is(202);
            assertThat(again.at("/state")).isEqualTo("pending");
            assertThat(again.at("/attempts")).isEqualTo("0");
            telling.deliver();
            assertThat(telling.delivery(webhook).path("state").asString()).isEqualTo("delivered");
        }

        assertThat(receiver.received()).hasSize(3);
        assertThat(receiver.received())
                .extracting(received -> received.header("webhook-id"))
                .containsOnly(id);
        assertThat(receiver.received())
                .extracting(Received::body)
                .containsOnly(receiver.received().getFirst().body());
    }

    @Test
    void a_pending_one_is_sent_at_once_instead_of_later() {
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        receiver.answer(204);
        redeliver(telling.delivery(webhook).path("id").asString()).is(202);
        telling.deliver();

        assertThat(receiver.received()).hasSize(2);
        assertThat(telling.delivery(webhook).path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void nobody_redelivers_what_he_cannot_see() {
        telling.happens(Telling.newOrder(), 1);
        String id = telling.delivery(webhook).path("id").asString();

        new Telling().operator.post("/webhooks/deliveries/" + id + "/redeliver").isProblem(404, "resource_not_found");
        redeliver(UUID.randomUUID().toString()).isProblem(404, "resource_not_found");
        redeliver("none").isProblem(404, "resource_not_found");
    }

    @Test
    void a_replay_sends_the_events_of_its_time_also_those_that_were_never_sent() {
        OrderId order = Telling.newOrder();
        telling.happens(order, 1);
        telling.deliver();
        setState("disabled");
        clock.advance(Duration.ofMinutes(1));
        telling.happens(order, 2);
        clock.advance(Duration.ofMinutes(1));
        telling.happens(order, 3);
        setState("active");
        String firstId = receiver.received().getFirst().header("webhook-id");

        replay(began, began.plus(Duration.ofMinutes(2))).is(202);
        replay(began, clock.now()).isProblem(409, "replay_in_progress");
        replays.runOnce();
        telling.deliver();

        assertThat(receiver.received()).extracting(Received::sequence).containsExactly(1, 1, 2);
        assertThat(receiver.received().get(1).header("webhook-id")).isEqualTo(firstId);
        replay(began, clock.now()).is(202);
        assertThat(telling.audit(webhook)).contains("webhook_replayed");
    }

    @Test
    void a_long_replay_goes_on_batch_by_batch() {
        for (int number = 0; number < 205; number++) {
            telling.happens(Telling.newOrder(), 1);
        }
        telling.deliver();
        assertThat(receiver.received()).hasSize(205);
        clock.advance(Duration.ofMillis(1));
        replay(began, clock.now()).is(202);
        for (int batch = 0; batch < 3; batch++) {
            replays.runOnce();
        }
        telling.deliver();

        assertThat(receiver.received()).hasSize(410);
        assertThat(receiver.received().stream()
                        .map(received -> received.header("webhook-id"))
                        .distinct())
                .hasSize(205);
    }

    @Test
    void a_replay_has_also_what_was_recorded_before_the_activation_and_committed_after_it() {
        setState("disabled");
        var recorded = new CompletableFuture<Boolean>();
        var activated = new CompletableFuture<Boolean>().completeOnTimeout(false, 30, TimeUnit.SECONDS);
        CompletableFuture<Boolean> happened = CompletableFuture.supplyAsync(
                () -> transactions.inCompany(telling.company.company().id(), _ -> {
                    telling.happens(Telling.newOrder(), 1);
                    recorded.complete(true);
                    return activated.join();
                }));
        recorded.join();
        clock.advance(Duration.ofMillis(1));
        setState("active");
        replay(began, clock.now()).is(202);
        replays.runOnce();
        replay(began, clock.now()).isProblem(409, "replay_in_progress");
        activated.complete(true);
        assertThat(happened.join()).isTrue();

        replays.runOnce();
        telling.deliver();
        assertThat(receiver.received()).extracting(Received::sequence).containsExactly(1);
        replay(began, clock.now()).is(202);
    }

    @Test
    void the_period_of_a_replay_is_checked() {
        assertThat(violations("{}")).containsExactly("/from required", "/until required");
        assertThat(violations("{\"from\": \"today\", \"until\": 5}"))
                .containsExactly("/from invalid_format", "/until wrong_type");
        assertThat(violations(period(began, began))).containsExactly("/until conflict");
        assertThat(violations(period(began.plusMillis(1), began))).containsExactly("/until conflict");
        replay(began, began.plusMillis(1)).is(202);
    }

    @Test
    void a_replay_may_be_asked_for_from_any_time_and_begins_with_what_is_kept() {
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        clock.advance(WebhookUpkeep.EVENTS_KEPT);
        Instant kept = clock.now().minus(WebhookUpkeep.EVENTS_KEPT);

        Reply whole = replay(Instant.parse("2001-01-01T00:00:00Z"), clock.now()).is(202);
        assertThat(Instant.parse(whole.at("/from"))).isEqualTo(kept);
        assertThat(Instant.parse(whole.at("/until"))).isEqualTo(clock.now());
        replays.runOnce();
        telling.deliver();
        assertThat(receiver.received()).hasSize(2);

        Reply forgotten = replay(kept.minusMillis(2), kept.minusMillis(1)).is(202);
        assertThat(Instant.parse(forgotten.at("/from"))).isEqualTo(kept);
        assertThat(Instant.parse(forgotten.at("/until"))).isEqualTo(kept);
        replays.runOnce();
        telling.deliver();
        assertThat(receiver.received()).as("that is forgotten").hasSize(2);
    }

    @Test
    void a_replay_ends_with_what_has_happened_when_it_is_asked_for() {
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        clock.advance(Duration.ofMinutes(1));
        Reply replay = replay(began, clock.now().plus(Duration.ofDays(1))).is(202);
        assertThat(Instant.parse(replay.at("/until"))).isEqualTo(clock.now());
        telling.happens(Telling.newOrder(), 1);
        replays.runOnce();
        telling.deliver();
        assertThat(receiver.received()).hasSize(3);

        Instant later = clock.now().plus(Duration.ofHours(1));
        assertThat(replay(later, later.plus(Duration.ofHours(1))).is(202).at("/until"))
                .isEqualTo(later.toString());
        replays.runOnce();
        telling.deliver();
        assertThat(receiver.received()).as("nothing has happened then").hasSize(3);
        replay(began, clock.now()).is(202);
    }

    @Test
    void what_is_sent_again_has_not_waited_since_it_was_made() {
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        clock.advance(Duration.ofDays(20));
        receiver.answer(500);
        redeliver(telling.delivery(webhook).path("id").asString()).is(202);
        telling.deliver();
        clock.advance(Duration.ofSeconds(3));

        assertThat(telling.number("""
                        select round(extract(epoch from platform.now() - waiting_since)) from webhooks.lanes
                         where company_id = :company
                        """)).isEqualTo(3);
        assertThat(Instant.parse(telling.delivery(webhook).path("createdAt").asString()))
                .isEqualTo(began);
    }

    @Test
    void what_happens_is_counted() {
        MeterRegistry registry = TestServer.running().bean(MeterRegistry.class);
        double delivered = count(registry, "delivered");
        double gone = count(registry, "gone");
        double dead = registry.counter("ocm.webhook.dead").count();
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        receiver.answer(410);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();

        assertThat(count(registry, "delivered")).isEqualTo(delivered + 1);
        assertThat(count(registry, "gone")).isEqualTo(gone + 1);
        assertThat(registry.counter("ocm.webhook.dead").count()).isEqualTo(dead + 1);
    }

    private static double count(MeterRegistry registry, String outcome) {
        return registry.counter("ocm.webhook.attempts", "outcome", outcome).count();
    }

    private void setState(String state) {
        telling.operator
                .patch("/webhooks/" + webhook, "{\"state\": \"" + state + "\"}")
                .is(200);
    }

    private Reply redeliver(String delivery) {
        return telling.operator.post("/webhooks/deliveries/" + delivery + "/redeliver");
    }

    private Reply replay(Instant from, Instant until) {
        return telling.operator.post("/webhooks/" + webhook + "/replay", period(from, until));
    }

    private List<String> violations(String body) {
        return telling.operator
                .post("/webhooks/" + webhook + "/replay", body)
                .isProblem(400, "validation_failed")
                .violations();
    }

    private static String period(Instant from, Instant until) {
        return "{\"from\": \"" + from + "\", \"until\": \"" + until + "\"}";
    }
}
