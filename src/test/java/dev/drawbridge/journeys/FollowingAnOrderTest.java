package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.LoggedLines;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.Receiver.Received;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One order through everything that happens to it, by its trace and in the log. */
class FollowingAnOrderTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final Castle CASTLE = Castle.opened();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private final Api partner = CASTLE.partner(Castle.JOURNEY_DEALS);
    private String webhook = "";

    @BeforeEach
    void a_partner_listens() {
        webhook = partner.post("/webhooks", "{\"notificationUrl\": \"" + receiver.url() + "\", \"eventName\": \"*\"}")
                .is(201)
                .at("/id");
    }

    /** The next test's receiver is another one. */
    @AfterEach
    void it_stops_listening() {
        partner.delete("/webhooks/" + webhook).is(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "00"})
    void what_comes_of_a_request_carries_its_trace_to_the_webhook(String flags) {
        Reply placed = traced(TRACE, flags).post("/channelManager", paid()).is(201);
        CASTLE.settle();

        Received told = told(1).getFirst();
        assertThat(told.event().at("/payload/orderId").asString()).isEqualTo(placed.at("/orderId"));
        assertThat(told.header("traceparent")).matches("00-" + TRACE + "-[0-9a-f]{16}-" + flags);
        assertThat(told.header("traceparent")).as("a span of its own").doesNotContain(SPAN);
    }

    @Test
    void what_is_issued_inside_the_call_carries_it_as_well() {
        traced(TRACE, "01").post("/channelManager?sync=1", paid()).is(201);

        assertThat(told(1).getFirst().header("traceparent")).startsWith("00-" + TRACE + "-");
    }

    @Test
    void each_step_of_an_order_has_the_trace_of_the_request_that_asked_for_it() {
        String second = "a".repeat(32);
        Reply placed = traced(TRACE, "01").post("/channelManager", draft()).is(201);
        CASTLE.settle();
        String path = "/channelManager/" + placed.at("/orderId");
        traced(second, "01")
                .post(path + "/confirm", "{\"paymentReference\": \"P\"}")
                .is(200);
        partner.with("traceparent", "garbage").delete(path).is(200);

        assertThat(told(3))
                .extracting(event -> event.header("traceparent").substring(3, 35))
                .startsWith(TRACE, second)
                .last()
                .asString()
                .matches("[0-9a-f]{32}")
                .isNotIn(TRACE, second);
    }

    @Test
    void told_again_it_is_the_same_trace_in_another_span() {
        traced(TRACE, "01").post("/channelManager", paid()).is(201);
        CASTLE.settle();
        told(1);
        String delivery =
                partner.get("/webhooks/" + webhook + "/deliveries").is(200).at("/data/0/id");
        partner.post("/webhooks/deliveries/" + delivery + "/redeliver").is(202);

        List<String> sent = told(2).stream()
                .map(event -> event.header("traceparent"))
                .distinct()
                .toList();
        assertThat(sent).hasSize(2).allSatisfy(text -> assertThat(text).startsWith("00-" + TRACE + "-"));
    }

    @Test
    void the_lines_of_an_order_tell_its_life_and_carry_its_trace() {
        try (var log = new LoggedLines()) {
            Reply placed = traced(TRACE, "01").post("/channelManager", paid()).is(201);
            CASTLE.settle();
            told(1);
            List<LoggedLines.Line> lines = awaitLines(log, placed.at("/orderId"), 3);

            assertThat(lines)
                    .extracting(LoggedLines.Line::message)
                    .containsExactly("order_queued", "order_event", "webhook_attempt");
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.field("traceId")).isEqualTo(TRACE);
                assertThat(line.field("company")).isEqualTo(CASTLE.id().toString());
                assertThat(line.fields().values()).noneMatch(value -> value.contains("jane"));
            });
            assertThat(lines.getFirst().field("requestId"))
                    .isEqualTo(placed.header("x-request-id").orElseThrow());
            assertThat(lines.get(1).field("status")).isEqualTo("Issued");
            assertThat(lines.get(2).field("outcome")).isEqualTo("delivered");
        }
    }

    /** One that is longer than headers may be is refused as any other header. */
    @ParameterizedTest
    @ValueSource(strings = {"", "00", "\t", "'; drop table orders.orders; --", "00-\u00e9", "%0d%0a"})
    void a_malformed_trace_is_never_an_error(String traceparent) {
        Reply placed = partner.with("traceparent", traceparent)
                .post("/channelManager", paid())
                .is(201);
        CASTLE.settle();

        assertThat(told(1).getFirst().header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(placed.header("traceparent")).isEmpty();
    }

    @Test
    void two_traces_are_none() {
        traced(TRACE, "01")
                .with("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                .post("/channelManager", paid())
                .is(201);
        CASTLE.settle();

        assertThat(told(1).getFirst().header("traceparent")).doesNotContain(TRACE);
    }

    private Api traced(String trace, String flags) {
        return partner.with("traceparent", "00-" + trace + "-" + SPAN + "-" + flags);
    }

    private static String paid() {
        return draft(order().paid());
    }

    private static String draft() {
        return draft(order());
    }

    private static String draft(OrderJson order) {
        return order.with("\"sellToName\": \"jane\"")
                .line("31001", 1, Castle.weekday(), "10:00:00")
                .toString();
    }

    /** Sends what is due until so much has arrived. */
    private List<Received> told(int count) {
        await(() -> receiver.received().size() >= count, () -> job("webhook-delivery"));
        return receiver.received();
    }

    private static List<LoggedLines.Line> awaitLines(LoggedLines log, String order, int count) {
        await(() -> log.with("orderId", order).size() >= count, () -> {});
        return log.with("orderId", order);
    }

    private static void await(BooleanSupplier done, Runnable step) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            step.run();
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(done.getAsBoolean()).as("in time").isTrue();
    }

    private static void job(String name) {
        TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals(name))
                .forEach(Job::runOnce);
    }
}
