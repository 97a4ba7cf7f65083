package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.drawbridge.fixtures.OpenApiContract;
import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.OrderId;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a receiver gets. */
class DeliveryTest {

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Telling telling = new Telling();

    @Test
    void an_event_arrives_in_the_documented_form() {
        String webhook = telling.operator
                .post(
                        "/webhooks",
                        "{\"notificationUrl\": \"" + receiver.url()
                                + "?a=1\", \"eventName\": \"*\", \"clientState\": \" mine ✓ \u202e\"}")
                .is(201)
                .at("/id");
        OrderId order = Telling.newOrder();
        telling.happens(order, 7);
        telling.deliver();

        Received received = received();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo("/hooks?a=1");
        assertThat(received.header("content-type")).isEqualTo("application/json");
        JsonNode event = received.event();
        assertThat(event.at("/payload/orderId").asString()).isEqualTo(order.toString());
        assertThat(event.path("eventName").asString()).isEqualTo("ota_cm_order_processed");
        assertThat(event.path("clientState").asString()).isEqualTo(" mine ✓ \u202e");
        assertThat(event.path("subscriptionId").asString()).isEqualTo(webhook);
        assertThat(event.path("companyName").asString()).isEqualTo(telling.company.name());
        assertThat(received.sequence()).isEqualTo(7);
        JsonNode schema = OpenApiContract.document()
                .at("/webhooks/event/post/requestBody/content")
                .path("application/json")
                .path("schema");
        assertThat(OpenApiContract.faults(schema, readTree(received))).isEmpty();

        JsonNode delivery = telling.delivery(webhook);
        assertThat(delivery.path("id").asString()).isEqualTo(received.header("webhook-id"));
        assertThat(delivery.path("state").asString()).isEqualTo("delivered");
        assertThat(delivery.path("attempts").asInt()).isOne();
        assertThat(delivery.path("lastStatus").asInt()).isEqualTo(204);
        assertThat(delivery.has("lastLatencyMs")).isTrue();
        assertThat(delivery.has("nextAttemptAt")).isFalse();
    }

    @Test
    void the_published_library_verifies_the_signature_and_finds_what_was_changed() throws Exception {
        Reply created = telling.subscribe(receiver.url(), "*");
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        Received received = received();
        var webhook = new Webhook(created.at("/secret"));

        webhook.verify(received.body(), headers(received));
        assertThatThrownBy(() -> webhook.verify(received.body() + " ", headers(received)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void both_secrets_sign_for_a_day_after_a_rotation_and_then_only_the_new_one() throws Exception {
        Reply created = telling.subscribe(receiver.url(), "*");
        String id = created.at("/id");
        Reply rotated =
                telling.operator.post("/webhooks/" + id + "/rotateSecret").is(200);
        assertThat(rotated.at("/secret")).isNotEqualTo(created.at("/secret"));
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        for (Reply answer : List.of(created, rotated)) {
            new Webhook(answer.at("/secret")).verify(received().body(), headers(received()));
        }

        clock.advance(Duration.ofHours(24).minusMillis(1).minusSeconds(2));
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(receiver.received().getLast().header("webhook-signature").split(" "))
                .hasSize(2);
        clock.advance(Duration.ofSeconds(5));
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        assertThat(receiver.received().getLast().header("webhook-signature").split(" "))
                .hasSize(1);
        assertThat(telling.webhook(id).has("previousSecretUntil")).isFalse();
    }

    @Test
    void a_retry_has_the_same_id_and_body_and_a_time_and_signature_of_its_own() {
        clock.set(clock.now());
        telling.subscribe(receiver.url());
        receiver.answer(500);
        telling.happens(Telling.newOrder(), 1);
        telling.deliver();
        clock.advance(Duration.ofSeconds(10));
        receiver.answer(200);
        telling.deliver();

        List<Received> both = receiver.received();
        assertThat(both).hasSize(2);
        assertThat(both)
                .extracting(received -> received.header("webhook-id"))
                .containsOnly(both.getFirst().header("webhook-id"));
        assertThat(both).extracting(Received::body).containsOnly(both.getFirst().body());
        assertThat(Long.parseLong(both.get(1).header("webhook-timestamp")))
                .isEqualTo(Long.parseLong(both.get(0).header("webhook-timestamp")) + 10);
        assertThat(both.get(1).header("webhook-signature"))
                .isNotEqualTo(both.get(0).header("webhook-signature"));
    }

    @Test
    void only_what_was_subscribed_to_arrives() {
        telling.subscribe(receiver.url(), "ota_cm_order_cancelled");
        OrderId order = Telling.newOrder();
        telling.happens(order, 1);
        telling.happens(order, Telling.PARTNER, 2, EventName.ORDER_CANCELLED);
        telling.deliver();

        assertThat(receiver.received()).extracting(Received::sequence).containsExactly(2);
    }

    @Test
    void the_events_of_an_order_arrive_in_their_order_although_the_first_one_fails() {
        clock.set(clock.now());
        telling.subscribe(receiver.url());
        OrderId order = Telling.newOrder();
        OrderId other = Telling.newOrder();
        receiver.answer(received -> Receiver.Given.status(
                received.event().at("/payload/orderId").asString().equals(order.toString()) ? 500 : 204));
        telling.happens(order, 1);
        telling.deliver();
        telling.happens(order, 2);
        telling.happens(other, 1);
        telling.deliver();
        assertThat(sequences(order)).as("the second waits for the first").containsExactly(1);
        assertThat(sequences(other)).as("other orders do not wait").containsExactly(1);

        receiver.answer(204);
        clock.advance(Duration.ofSeconds(7));
        telling.deliver();
        assertThat(sequences(order)).containsExactly(1, 1, 2);
    }

    @Test
    void two_webhooks_of_one_address_are_told_of_an_order_in_one_order() {
        clock.set(clock.now());
        telling.subscribe(receiver.url(), "ota_cm_order_processed");
        telling.subscribe(receiver.url(), "ota_cm_order_cancelled");
        OrderId order = Telling.newOrder();
        receiver.answer(503);
        telling.happens(order, 1);
        telling.happens(order, Telling.PARTNER, 2, EventName.ORDER_CANCELLED);
        telling.deliver();
        assertThat(sequences(order)).containsExactly(1);

        receiver.answer(204);
        clock.advance(Duration.ofSeconds(7));
        telling.deliver();
        assertThat(sequences(order)).containsExactly(1, 1, 2);
    }

    @Test
    void many_orders_of_many_partners_all_arrive_once_and_in_order() {
        telling.subscribe(receiver.url());
        List<OrderId> orders = List.of(Telling.newOrder(), Telling.newOrder(), Telling.newOrder(), Telling.newOrder());
        for (int sequence = 1; sequence <= 10; sequence++) {
            for (OrderId order : orders) {
                telling.happens(order, new PartnerId(UUID.randomUUID()), sequence, EventName.ORDER_PROCESSED);
            }
        }
        telling.deliver();

        for (OrderId order : orders) {
            assertThat(sequences(order)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void a_ping_arrives_with_an_empty_payload_and_waits_for_nothing() {
        String webhook =
                telling.subscribe(receiver.url(), "ota_cm_order_cancelled").at("/id");
        Reply ping = telling.operator.post("/webhooks/" + webhook + "/ping").is(202);
        telling.deliver();

        assertThat(received().event().path("eventName").asString()).isEqualTo("ping");
        assertThat(received().event().path("payload").isEmpty()).isTrue();
        assertThat(received().header("webhook-id")).isEqualTo(ping.at("/id"));
        assertThat(telling.delivery(webhook).path("state").asString()).isEqualTo("delivered");
    }

    private List<Integer> sequences(OrderId order) {
        return receiver.received().stream()
                .filter(received ->
                        received.event().at("/payload/orderId").asString().equals(order.toString()))
                .map(Received::sequence)
                .toList();
    }

    private Received received() {
        assertThat(receiver.received()).hasSize(1);
        return receiver.received().getFirst();
    }

    private static JsonNode readTree(Received received) {
        return JsonMapper.builder().build().readTree(received.body());
    }

    private static HttpHeaders headers(Received received) {
        return HttpHeaders.of(received.headers(), (name, value) -> true);
    }
}
