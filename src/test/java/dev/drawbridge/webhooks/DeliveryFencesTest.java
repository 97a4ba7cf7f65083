package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Interleavings;
import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.outbound.OutboundPost;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.DeliveryAttempts.Attempt;
import dev.drawbridge.webhooks.LaneStore.Claim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What keeps a delivery from being lost, or sent by two at once, when nodes stop, hang or die. */
class DeliveryFencesTest {

    private static final LastAttempt NOTHING = new LastAttempt(Optional.of(204), Optional.empty(), Optional.of(1));

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final DeliveryAttempts attempts = TestServer.running().bean(DeliveryAttempts.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final Telling telling = new Telling();
    private final CompanyId company = telling.company.company().id();
    private String webhook = "";

    @BeforeEach
    void subscribe() {
        clock.set(clock.now());
        telling.deliver();
        webhook = telling.subscribe(receiver.url());
    }

    @Test
    void nodes_that_claim_at_the_same_time_never_claim_the_same() throws Exception {
        List<String> urls = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            telling.subscribe(receiver.url() + "/" + number);
            urls.add(receiver.url() + "/" + number);
        }
        for (int number = 0; number < 4; number++) {
            telling.happens(Telling.newOrder(), 1);
        }
        List<Callable<List<Claim>>> nodes = new ArrayList<>();
        for (int node = 0; node < 8; node++) {
            nodes.add(() -> Stream.generate(telling::claims)
                    .limit(10)
                    .flatMap(List::stream)
                    .toList());
        }
        List<UUID> claimed = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<List<Claim>> claims : threads.invokeAll(nodes)) {
                claims.get()
                        .forEach(claim -> claimed.add(
                                UUID.nameUUIDFromBytes(claim.lane().toString().getBytes(StandardCharsets.UTF_8))));
            }
        }

        assertThat(claimed).doesNotHaveDuplicates().hasSize(4 * (urls.size() + 1));
    }

    @Test
    void no_more_than_eight_are_under_way_to_one_endpoint_and_partners_take_turns() {
        for (int number = 0; number < 20; number++) {
            telling.happens(Telling.newOrder(), 1);
        }
        var rival = new PartnerId(UUID.randomUUID());
        clock.advance(Duration.ofMillis(1));
        telling.happens(Telling.newOrder(), rival, 1, EventName.ORDER_PROCESSED);

        List<Claim> claims = claims();
        assertThat(claims).hasSize(8);
        assertThat(claims).extracting(claim -> claim.lane().partner()).contains(rival.value());
        assertThat(claims()).isEmpty();
    }

    @Test
    void nodes_that_claim_at_the_same_moment_do_not_use_the_same_room() {
        for (int number = 0; number < 20; number++) {
            telling.happens(Telling.newOrder(), 1);
        }
        transactions.acrossCompanies(() -> {
            assertThat(claims()).hasSize(8);
            assertThat(CompletableFuture.supplyAsync(this::claims).join()).isEmpty();
            return true;
        });
        assertThat(claims()).isEmpty();
    }

    @Test
    void of_more_partners_than_an_endpoint_has_room_for_those_who_have_waited_longest_come_first() {
        List<UUID> partners = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            var partner = new PartnerId(UUID.randomUUID());
            partners.add(partner.value());
            telling.happens(Telling.newOrder(), partner, 1, EventName.ORDER_PROCESSED);
            clock.advance(Duration.ofMillis(1));
        }

        List<Claim> first = claims();
        assertThat(first)
                .extracting(claim -> claim.lane().partner())
                .containsExactlyInAnyOrderElementsOf(partners.subList(0, 8));
        attempts.beginAll(company, first)
                .values()
                .forEach(attempt -> attempts.end(attempt, new Verdict.Delivered(NOTHING)));
        assertThat(claims())
                .extracting(claim -> claim.lane().partner())
                .containsExactlyInAnyOrderElementsOf(partners.subList(8, 12));
    }

    @Test
    void a_claim_is_good_until_its_lease_is_over_and_whoever_claims_after_that_steals_it() {
        telling.happens(Telling.newOrder(), 1);
        assertThat(claims()).extracting(Claim::stolen).containsExactly(false);
        clock.advance(DeliveryAttempts.LEASE.minusMillis(1));
        assertThat(claims()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(claims()).extracting(Claim::stolen).containsExactly(true);
    }

    @Test
    void whoever_lost_its_lease_records_nothing() {
        telling.happens(Telling.newOrder(), 1);
        Attempt zombie = attempts.begin(claims().getFirst()).orElseThrow();
        clock.advance(DeliveryAttempts.LEASE);
        Attempt successor = attempts.begin(claims().getFirst()).orElseThrow();

        assertThat(attempts.end(zombie, new Verdict.Delivered(NOTHING))).isFalse();
        assertThat(state()).isEqualTo("pending");
        assertThat(attempts.begin(zombie.claim())).isEmpty();
        assertThat(attempts.end(successor, new Verdict.Delivered(NOTHING))).isTrue();
        assertThat(state()).isEqualTo("delivered");
        assertThat(attempts.end(zombie, new Verdict.Dead(NOTHING, true))).isFalse();
        assertThat(state()).isEqualTo("delivered");
    }

    @Test
    void a_lease_of_a_lane_that_was_emptied_and_filled_again_is_lost_as_well() {
        var order = Telling.newOrder();
        telling.happens(order, 1);
        Claim old = claims().getFirst();
        clock.advance(DeliveryAttempts.LEASE);
        telling.deliver();
        telling.happens(order, 2);
        claims();

        assertThat(attempts.begin(old)).isEmpty();
    }

    @Test
    void what_is_first_in_many_lanes_is_read_together_and_the_rest_alone() {
        telling.happens(Telling.newOrder(), 1);
        telling.happens(Telling.newOrder(), 1);
        String unwanted = telling.subscribe(receiver.url() + "/unwanted");
        telling.happens(Telling.newOrder(), 1);
        telling.operator
                .patch("/webhooks/" + unwanted, "{\"state\": \"disabled\"}")
                .is(200);
        List<Claim> claims = claims();
        assertThat(claims).hasSize(4);

        Map<Long, Attempt> together = attempts.beginAll(company, claims);
        assertThat(together).hasSize(3);
        assertThat(claims.stream()
                        .filter(claim -> !together.containsKey(claim.leaseToken()))
                        .flatMap(claim -> attempts.begin(claim).stream()))
                .isEmpty();
        assertThat(telling.delivery(unwanted).path("lastError").asString()).isEqualTo("webhook_disabled");
        clock.advance(DeliveryAttempts.LEASE);
        claims();
        assertThat(attempts.beginAll(company, claims))
                .as("all are somebody else's")
                .isEmpty();
    }

    @Test
    void a_stop_cuts_short_what_hangs_and_hands_it_back() throws Exception {
        var hanging = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        receiver.answer(received -> {
            hanging.countDown();
            await(released);
            return Receiver.Given.status(204);
        });
        telling.happens(Telling.newOrder(), 1);
        TestServer server = TestServer.running();
        var node = new DeliverySending(
                attempts,
                server.bean(OutboundPost.class),
                server.bean(SigningSecrets.class),
                server.bean(WebhookMetrics.class));
        assertThat(node.startDue(() -> {})).isOne();
        hanging.await();
        node.stop();
        assertThat(node.underWay()).isZero();
        assertThat(telling.delivery(webhook).path("attempts").asInt()).isZero();

        receiver.answer(204);
        released.countDown();
        telling.deliver();
        assertThat(receiver.received())
                .extracting(received -> received.header("webhook-id"))
                .hasSize(2)
                .containsOnly(telling.delivery(webhook).path("id").asString());
    }

    @Test
    void an_event_that_comes_while_its_lane_is_being_emptied_is_not_left_behind() {
        var order = Telling.newOrder();
        telling.happens(order, 1);
        Attempt first = attempts.begin(claims().getFirst()).orElseThrow();
        telling.happens(order, 2);
        attempts.end(first, new Verdict.Delivered(NOTHING));
        telling.deliver();

        assertThat(receiver.received()).extracting(Received::sequence).containsExactly(2);
    }

    @Test
    void whoever_comes_while_a_lane_is_being_emptied_is_told_whatever_the_order_of_their_steps() throws Exception {
        for (Verdict verdict : List.of(new Verdict.Delivered(NOTHING), new Verdict.Dead(NOTHING, false))) {
            int schedules = Interleavings.walk(
                    () -> {
                        OrderId order = Telling.newOrder();
                        telling.happens(order, 1);
                        Attempt first = attempts.begin(claims().getFirst()).orElseThrow();
                        return new Interleavings.Pair(() -> Boolean.toString(attempts.end(first, verdict)), () -> {
                            telling.happens(order, 2);
                            return "happened";
                        });
                    },
                    answers -> {
                        assertThat(answers).containsExactly("true", "happened");
                        int before = receiver.received().size();
                        telling.deliver();
                        assertThat(receiver.received()).hasSize(before + 1);
                        assertThat(receiver.received().getLast().sequence()).isEqualTo(2);
                        assertThat(telling.number("select count(*) from webhooks.lanes where company_id = :company"))
                                .isZero();
                    });
            assertThat(schedules).isGreaterThan(4);
        }
    }

    @Test
    void an_endpoint_that_keeps_failing_has_two_under_way_at_most() {
        receiver.answer(500);
        for (int number = 0; number < 10; number++) {
            telling.happens(Telling.newOrder(), 1);
        }
        telling.deliver();
        clock.advance(Duration.ofSeconds(6));

        assertThat(claims()).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Claim> claims() {
        return telling.claims();
    }

    private String state() {
        return telling.delivery(webhook).path("state").asString();
    }
}
