package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.platform.database.OrderId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What happens when a receiver does not take what it is sent. */
class FailingEndpointTest {

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Telling telling = new Telling();
    private String webhook = "";

    @BeforeEach
    void subscribe() {
        clock.set(clock.now());
        webhook = telling.subscribe(receiver.url());
    }

    @Test
    void it_is_tried_ten_times_over_the_whole_schedule_and_is_dead_then() {
        receiver.answer(500);
        OrderId order = Telling.newOrder();
        telling.happens(order, 1);
        telling.happens(order, 2);
        for (Duration delay : RetrySchedule.DELAYS) {
            telling.deliver();
            JsonNode waiting = first();
            assertThat(waiting.path("state").asString()).isEqualTo("pending");
            assertThat(waiting.path("lastStatus").asInt()).isEqualTo(500);
            assertThat(waiting.path("lastError").asString()).isEqualTo("status_not_2xx");
            Duration wait = Duration.between(clock.now(), nextAttempt());
            assertThat(wait)
                    .isBetween(
                            delay.multipliedBy(8).dividedBy(10),
                            delay.multipliedBy(12).dividedBy(10));

            clock.set(nextAttempt().minusMillis(1));
            int before = receiver.received().size();
            telling.deliver();
            assertThat(receiver.received()).hasSize(before);
            clock.set(nextAttempt());
        }
        telling.deliver();

        assertThat(first().path("state").asString()).isEqualTo("dead");
        assertThat(first().path("attempts").asInt()).isEqualTo(10);
        assertThat(receiver.received())
                .filteredOn(received -> received.sequence() == 1)
                .hasSize(10);
        assertThat(receiver.received().getLast().sequence())
                .as("the next one's turn")
                .isEqualTo(2);
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it_for_everything_and_an_hour_at_most() {
        receiver.answer(503, "Retry-After: 1800");
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(nextAttempt()).isEqualTo(clock.now().plus(Duration.ofMinutes(30)));

        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(receiver.received()).as("nothing at all meanwhile").hasSize(1);

        clock.advance(Duration.ofMinutes(30));
        receiver.answer(429, "Retry-After: 7200");
        telling.deliver();
        assertThat(first().path("attempts").asInt()).isEqualTo(2);
        assertThat(nextAttempt()).isEqualTo(clock.now().plus(Duration.ofHours(1)));
    }

    @Test
    void a_receiver_that_is_gone_is_told_nothing_more() {
        receiver.answer(410);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();

        assertThat(first().path("state").asString()).isEqualTo("dead");
        assertThat(telling.webhook(webhook).path("state").asString()).isEqualTo("disabled");
        assertThat(telling.webhook(webhook).path("disabledReason").asString()).isEqualTo("gone");
        assertThat(telling.audit(webhook)).containsExactly("webhook_created", "webhook_disabled");

        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(receiver.received()).hasSize(1);
        assertThat(telling.deliveries(webhook)).hasSize(1);
    }

    @Test
    void five_days_without_a_success_disable_it() {
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        Instant since = clock.now();
        assertThat(Instant.parse(telling.webhook(webhook).path("failingSince").asString()))
                .isEqualTo(since);

        clock.set(since.plus(DeliveryAttempts.WITHOUT_SUCCESS_MAX).minusMillis(1));
        telling.deliver();
        assertThat(telling.webhook(webhook).path("state").asString()).isEqualTo("active");
        clock.set(nextAttempt());
        telling.deliver();
        assertThat(telling.webhook(webhook).path("disabledReason").asString()).isEqualTo("no_success");
        assertThat(telling.audit(webhook)).containsExactly("webhook_created", "webhook_disabled");

        clock.set(nextAttempt());
        telling.deliver();
        assertThat(receiver.received()).as("what was pending is given up").hasSize(3);
        assertThat(first().path("lastError").asString()).isEqualTo("webhook_disabled");
    }

    @Test
    void one_success_in_between_begins_the_five_days_anew() {
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        clock.advance(Duration.ofDays(4));
        receiver.answer(204);
        telling.deliver();
        assertThat(telling.webhook(webhook).has("failingSince")).isFalse();

        receiver.answer(500);
        clock.advance(Duration.ofDays(2));
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(telling.webhook(webhook).path("state").asString()).isEqualTo("active");
    }

    @Test
    void a_secret_that_cannot_be_read_is_a_failed_attempt_and_nothing_is_sent_unsigned() {
        telling.spoilSecret(webhook);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();

        assertThat(receiver.received()).isEmpty();
        assertThat(first().path("state").asString()).isEqualTo("pending");
        assertThat(first().path("lastError").asString()).isEqualTo("broken");
    }

    @Test
    void a_redirect_is_a_failure_and_not_followed() {
        receiver.answer(received -> received.path().equals("/hooks")
                ? Receiver.Given.status(307, "Location: http://localhost:" + receiver.port() + "/elsewhere")
                : Receiver.Given.status(204));
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();

        assertThat(receiver.received()).extracting(Received::path).containsExactly("/hooks");
        assertThat(first().path("lastStatus").asInt()).isEqualTo(307);
        assertThat(first().path("lastError").asString()).isEqualTo("redirect_not_followed");
    }

    @Test
    void one_that_is_switched_off_is_told_nothing_and_told_again_after_it_is_switched_on() {
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        telling.operator
                .patch("/webhooks/" + webhook, "{\"state\": \"disabled\"}")
                .is(200);
        telling.happens(Telling.newOrder(), 1);
        clock.advance(Duration.ofMinutes(1));
        telling.deliver();
        assertThat(receiver.received()).hasSize(1);
        assertThat(first().path("lastError").asString()).isEqualTo("webhook_disabled");

        telling.operator
                .patch("/webhooks/" + webhook, "{\"state\": \"active\"}")
                .is(200);
        receiver.answer(204);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void a_deleted_one_is_told_nothing_and_leaves_nothing_behind() {
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        telling.operator.delete("/webhooks/" + webhook).is(204);
        telling.operator.get("/webhooks/" + webhook).isProblem(404, "resource_not_found");
        telling.operator.get("/webhooks/" + webhook + "/deliveries").isProblem(404, "resource_not_found");
        clock.advance(Duration.ofMinutes(1));
        telling.deliver();
        assertThat(receiver.received()).hasSize(1);
    }

    private JsonNode first() {
        return telling.deliveries(webhook).getLast();
    }

    private Instant nextAttempt() {
        return Instant.parse(first().path("nextAttemptAt").asString());
    }
}
