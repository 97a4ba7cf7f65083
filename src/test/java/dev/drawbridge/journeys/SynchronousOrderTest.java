package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders issued inside the call, and orders sent again. */
class SynchronousOrderTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @ParameterizedTest
    @CsvSource({
        "?sync=1, Issued",
        "?sync=TRUE, Issued",
        "?sync=true, Issued",
        "?sync=yes, Submitted",
        "?sync=0, Submitted"
    })
    void sync_issues_inside_the_call_and_anything_else_does_not(String query, String status) {
        Reply answer = partner.post(
                "/channelManager" + query,
                order().paid().line("31001", 2, WEEKDAY, "10:00:00").toString());
        assertThat(answer.is(201).at("/status")).isEqualTo(status);
        assertThat(answer.json().at("/items/0/wallets")).hasSize(2);
    }

    @Test
    void a_synchronous_order_that_cannot_be_issued_is_refused_and_stays_in_error() {
        Reply refused = partner.post(
                "/channelManager?sync=1",
                order().line("31003", 1, WEEKDAY, "20:00:00").toString());
        refused.isProblem(400, "no_time_slot");
        Reply failed = partner.get("/channelManager/" + refused.at("/details/0/orderId"))
                .is(200);
        assertThat(failed.at("/status")).isEqualTo("Error");
        assertThat(failed.at("/statusMessage")).isEqualTo(refused.at("/message"));
    }

    @Test
    void a_replacement_can_be_issued_inside_the_call_too() {
        OrderJson order = order().line("31001", 1, WEEKDAY, "10:00:00");
        Reply draft = partner.post("/channelManager?sync=1", order.toString()).is(201);
        Reply issued = partner.put(
                        "/channelManager/" + draft.at("/orderId") + "?sync=1",
                        order.paid().toString())
                .is(200);
        assertThat(issued.at("/status")).isEqualTo("Issued");
    }

    @ParameterizedTest
    @CsvSource({"''", "?sync=1"})
    void an_order_repeated_under_its_key_is_answered_as_the_first_time(String query) {
        Api repeating = partner.with("Idempotency-Key", UUID.randomUUID().toString());
        String order = order().paid().line("31001", 1, WEEKDAY, "10:00:00").toString();
        Reply first = repeating.post("/channelManager" + query, order).is(201);
        Reply second = repeating.post("/channelManager" + query, order).is(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("idempotency-replayed")).contains("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("idempotency-replayed")).isEmpty();
        repeating.post("/channelManager" + query, order + " ").isProblem(422, "idempotency_key_reused");
    }

    @Test
    void a_final_refusal_is_repeated_too_but_not_that_an_order_was_in_flight() {
        Api repeating = partner.with("Idempotency-Key", UUID.randomUUID().toString());
        String sold = order().line("31003", 1, WEEKDAY, "20:00:00").toString();
        Reply refused = repeating.post("/channelManager?sync=1", sold);
        Reply again = repeating.post("/channelManager?sync=1", sold);
        again.isProblem(400, "no_time_slot");
        assertThat(again.at("/details/0/orderId")).isEqualTo(refused.at("/details/0/orderId"));

        Reply submitted = partner.post(
                "/channelManager", order().line("31001", 1, WEEKDAY, "10:00:00").toString());
        Api confirming = partner.with("Idempotency-Key", UUID.randomUUID().toString());
        String path = "/channelManager/" + submitted.at("/orderId") + "/confirm";
        confirming.post(path, "{\"paymentReference\": \"P\"}").isProblem(400, "order_in_flight");
        castle.settle();
        confirming.post(path, "{\"paymentReference\": \"P\"}").is(200);
    }
}
