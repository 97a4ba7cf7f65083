package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import dev.drawbridge.webhooks.DeliveryAttempts.Attempt;
import dev.drawbridge.webhooks.LaneStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which attempts count: those that were made, and those that may have been; not those that we did not make. */
class AttemptCountTest {

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final DeliveryAttempts attempts = TestServer.running().bean(DeliveryAttempts.class);
    private final Telling telling = new Telling();
    private String webhook = "";

    @BeforeEach
    void subscribe() {
        clock.set(clock.now());
        telling.deliver();
        webhook = telling.subscribe(receiver.url());
    }

    @Test
    void a_delivery_whose_every_attempt_kills_its_node_is_dead_and_the_next_one_goes_on() {
        OrderId order = Telling.newOrder();
        telling.happens(order, 1);
        telling.happens(order, 2);
        for (int attempt = 0; attempt <= RetrySchedule.DELAYS.size(); attempt++) {
            assertThat(attempts.begin(claims().getFirst())).isPresent();
            clock.advance(DeliveryAttempts.LEASE);
        }

        Attempt next = attempts.begin(claims().getFirst()).orElseThrow();

        assertThat(next.number()).isEqualTo(1);
        assertThat(telling.deliveries(webhook))
                .extracting(delivery -> delivery.path("state").asString()
                        + delivery.path("lastError").asString())
                .containsExactly("pending", "deadlease_lost");
    }

    @Test
    void a_node_that_dies_after_sending_is_followed_by_one_that_sends_the_same_again() {
        telling.happens(Telling.newOrder(), 1);
        var sent = new ArrayList<Received>();
        Attempt dying = attempts.begin(claims().getFirst()).orElseThrow();
        assertThat(dying.number()).isOne();

        clock.advance(DeliveryAttempts.LEASE);
        telling.deliver();
        sent.addAll(receiver.received());
        assertThat(sent)
                .extracting(received -> received.header("webhook-id"))
                .containsExactly(dying.head().delivery().toString());
        assertThat(sent.getFirst().body()).isEqualTo(dying.head().body());
        assertThat(telling.delivery(webhook).path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void a_node_that_stops_hands_back_what_it_had_begun() {
        telling.happens(Telling.newOrder(), 1);
        Attempt begun = attempts.begin(claims().getFirst()).orElseThrow();
        attempts.end(begun, new Verdict.HandedBack(Duration.ZERO));

        assertThat(telling.delivery(webhook).path("attempts").asInt()).isZero();
        assertThat(claims()).hasSize(1);
    }

    @Test
    void what_could_not_be_tried_because_we_were_busy_is_no_attempt_and_is_tried_soon() {
        telling.happens(Telling.newOrder(), 1);
        Attempt begun = attempts.begin(claims().getFirst()).orElseThrow();
        Verdict busy = Verdict.of(
                new Unanswered(Reason.LOOK_UPS_BUSY, Duration.ofSeconds(5)), begun.number(), begun.at(), () -> 0.5);
        attempts.end(begun, busy);

        assertThat(telling.delivery(webhook).path("attempts").asInt()).isZero();
        assertThat(telling.delivery(webhook).has("lastError")).isFalse();
        assertThat(telling.webhook(webhook).has("failingSince")).isFalse();
        clock.advance(Duration.ofSeconds(5).minusMillis(1));
        assertThat(claims()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(attempts.begin(claims().getFirst()).orElseThrow().number()).isOne();
    }

    @Test
    void attempts_that_ended_with_their_nodes_are_counted_with_those_that_are_recorded() {
        telling.happens(Telling.newOrder(), 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(attempts.begin(claims().getFirst()).orElseThrow().number())
                    .isEqualTo(attempt);
            clock.advance(DeliveryAttempts.LEASE);
        }
        receiver.answer(500);
        telling.deliver();
        assertThat(telling.delivery(webhook).path("attempts").asInt()).isEqualTo(4);
        clock.advance(Duration.ofHours(3));
        assertThat(attempts.begin(claims().getFirst()).orElseThrow().number()).isEqualTo(5);
    }

    private List<Claim> claims() {
        return telling.claims();
    }
}
