package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Confirm, replace, cancel, process, and what is refused when. */
class OrderLifeCycleTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened();
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void a_draft_that_is_confirmed_is_issued_with_the_very_same_wallets() {
        Reply draft = settled(order().line("31001", 2, WEEKDAY, "09:00:00"));
        Reply issued = confirm(draft, "PAY-1").is(200);
        assertThat(issued.at("/status")).isEqualTo("Issued");
        assertThat(issued.at("/paymentReference")).isEqualTo("PAY-1");
        assertThat(issued.json().has("holdExpiresAt")).isFalse();
        assertThat(issued.at("/manifestUrl")).contains("/wallets/manifest?mid=");
        assertThat(issued.at("/items/0/wallets/0/walletId")).isEqualTo(draft.at("/items/0/wallets/0/walletId"));
        assertThat(issued.at("/jobId")).isEqualTo(draft.at("/jobId"));
        assertThat(read(draft).json()).isEqualTo(issued.json());
    }

    @Test
    void confirming_an_issued_order_changes_nothing_and_does_not_look_at_the_body() {
        Reply issued = settled(order().paid().line("31001", 1, WEEKDAY, "09:00:00"));
        Reply again = partner.with("Content-Type", "text/plain")
                .post("/channelManager/" + issued.at("/orderId") + "/confirm", "not json")
                .is(200);
        assertThat(again.at("/paymentReference")).isEqualTo("PAY-987654");
    }

    @Test
    void a_confirmation_needs_a_payment_reference() {
        Reply draft = settled(order().line("31001", 1, WEEKDAY, "09:00:00"));
        Reply refused = partner.post(path(draft) + "/confirm", "{}");
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations()).containsExactly("/paymentReference required");
        assertThat(confirm(draft, "  ").violations()).containsExactly("/paymentReference blank");
        assertThat(confirm(draft, "x".repeat(51)).violations()).containsExactly("/paymentReference too_long");
        assertThat(read(draft).at("/status")).isEqualTo("Draft");
    }

    @Test
    void only_a_draft_can_be_confirmed() {
        Reply submitted = place(order().line("31001", 1, WEEKDAY, "09:00:00")).is(201);
        confirm(submitted, "P").isProblem(400, "order_in_flight");
        confirm(cancelled(), "P").isProblem(400, "order_not_confirmable");
        confirm(failed(), "P").isProblem(400, "order_not_confirmable");
    }

    @Test
    void an_issued_order_that_is_cancelled_keeps_its_row_and_lines_and_returns_its_places() {
        int before = castle.taken("TOUR", WEEKDAY, "11:00");
        Reply issued = settled(order().paid().line("31003", 2, WEEKDAY, "11:00:00"));
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(before + 2);
        Reply cancelled = partner.delete(path(issued)).is(200);
        assertThat(cancelled.at("/status")).isEqualTo("Cancelled");
        assertThat(cancelled.at("/statusMessage")).isEmpty();
        assertThat(cancelled.at("/jobId")).isEmpty();
        assertThat(cancelled.json().has("manifestUrl")).isFalse();
        assertThat(cancelled.json().at("/items/0/wallets")).isEmpty();
        assertThat(cancelled.json().at("/items")).hasSize(1);
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(before);
        assertThat(partner.delete(path(issued)).is(200).json()).isEqualTo(cancelled.json());
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isEqualTo(before);
        assertThat(read(issued).json()).isEqualTo(cancelled.json());
    }

    @Test
    void a_draft_or_failed_order_that_is_deleted_is_gone_and_its_reference_free() {
        for (Reply order : new Reply[] {settled(order().line("31001", 1, WEEKDAY, "09:00:00")), failed()}) {
            assertThat(partner.delete(path(order)).is(200).at("/status")).isEqualTo("Cancelled");
            read(order, 404).isProblem(404, "resource_not_found");
            partner.delete(path(order)).isProblem(404, "resource_not_found");
            place(order().reference(order.at("/sellToOrderReference")).line("31001", 1, WEEKDAY, "09:00:00"))
                    .is(201);
        }
    }

    @Test
    void an_operator_processes_a_submitted_order_and_one_in_error_inside_the_call() {
        Reply submitted =
                place(order().paid().line("31001", 1, WEEKDAY, "09:00:00")).is(201);
        assertThat(process(submitted).is(200).at("/status")).isEqualTo("Issued");
        process(submitted).isProblem(400, "order_not_processable");
        Reply failed = failed();
        assertThat(process(failed).is(200).at("/statusCode")).isEqualTo("no_time_slot");
        assertThat(audited(submitted)).isEqualTo(1);
        assertThat(audited(failed)).isEqualTo(1);
        partner.post(path(failed) + "/process").isProblem(403, "forbidden");
    }

    private static int audited(Reply order) {
        return castle.inDatabase(database -> database.sql("""
                        select count(*) from platform.audit_log where action = 'order_processed' and object = :order
                        """)
                .param("order", order.at("/orderId"))
                .query(Integer.class)
                .single());
    }

    @Test
    void ids_in_the_path_must_be_uuids_and_of_ones_own_orders() {
        partner.get("/channelManager/42").isProblem(400, "invalid_order_id");
        partner.get("/channelManager/" + UUID.randomUUID()).isProblem(404, "resource_not_found");
        Reply others = settled(order().line("31001", 1, WEEKDAY, "09:00:00"));
        Api rival = castle.partner(Castle.CITY_PASS_NORD);
        rival.get(path(others)).isProblem(404, "resource_not_found");
        rival.delete(path(others)).isProblem(404, "resource_not_found");
        rival.post(path(others) + "/confirm", "{\"paymentReference\": \"P\"}").isProblem(404, "resource_not_found");
        assertThat(partner.get(path(others).toUpperCase(Locale.ROOT)).is(200).at("/orderId"))
                .isEqualTo(others.at("/orderId"));
    }

    @Test
    void a_key_of_one_partner_may_not_order_for_another() {
        castle.partner(Castle.CITY_PASS_NORD)
                .post(
                        "/channelManager",
                        order().line("99999", 0, WEEKDAY, "nonsense").toString())
                .isProblem(403, "forbidden");
        castle.operator()
                .post(
                        "/channelManager",
                        order().line("31001", 1, WEEKDAY, "09:00:00").toString())
                .is(201);
    }

    @Test
    void partners_must_be_known_and_active() {
        Api operator = castle.operator();
        operator.post(
                        "/channelManager",
                        order().of(UUID.randomUUID().toString())
                                .line("31001", 1, WEEKDAY, "09:00:00")
                                .toString())
                .isProblem(400, "unknown_partner");
        operator.post(
                        "/channelManager",
                        order().of(Castle.CLOSED_TRAVEL)
                                .line("31001", 1, WEEKDAY, "09:00:00")
                                .toString())
                .isProblem(400, "partner_inactive");
        castle.partner(Castle.CLOSED_TRAVEL)
                .post(
                        "/channelManager",
                        order().of(Castle.CLOSED_TRAVEL)
                                .line("31001", 1, WEEKDAY, "09:00:00")
                                .toString())
                .isProblem(400, "partner_inactive");
    }

    @Test
    void only_an_operator_may_force_a_cancellation() {
        Reply issued = settled(order().paid().line("31001", 1, WEEKDAY, "09:00:00"));
        partner.delete(path(issued) + "?force=true").isProblem(403, "forbidden");
        castle.operator().delete(path(issued) + "?force=true").is(200);
    }

    private static Reply place(OrderJson order) {
        return partner.post("/channelManager", order.toString());
    }

    private static Reply settled(OrderJson order) {
        Reply placed = place(order).is(201);
        castle.settle();
        return read(placed);
    }

    private static Reply cancelled() {
        Reply issued = settled(order().paid().line("31001", 1, WEEKDAY, "09:00:00"));
        return partner.delete(path(issued)).is(200);
    }

    private static Reply failed() {
        return settled(order().line("31003", 1, WEEKDAY, "20:00:00"));
    }

    private static Reply confirm(Reply order, String paymentReference) {
        return partner.post(path(order) + "/confirm", "{\"paymentReference\": \"" + paymentReference + "\"}");
    }

    private static Reply process(Reply order) {
        return castle.operator().post(path(order) + "/process");
    }

    private static Reply read(Reply order) {
        return read(order, 200);
    }

    private static Reply read(Reply order, int status) {
        return partner.get(path(order)).isStatus(status);
    }

    private static String path(Reply order) {
        return "/channelManager/" + order.at("/orderId");
    }
}
