package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.platform.database.Transactions;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused because of what exists, who sells, or what goes on. */
class OrderRefusalsTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private final DueOrderStore jobs = TestServer.running().bean(DueOrderStore.class);
    private final OrderIssuance issuance = TestServer.running().bean(OrderIssuance.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private Castle castle = Castle.opened();
    private Seller seller = Seller.at(castle);

    @BeforeEach
    void nothing_waits() {
        castle.settle();
    }

    @Test
    void an_order_sent_again_is_a_duplicate_not_an_order_with_taken_references() {
        OrderJson order = order().paid().line("31001", 2, WEEKDAY, "10:00:00", externalReferences("E-1", "E-2"));
        Reply first = seller.places(order).is(201);
        assertDuplicate(seller.places(order), first);
        castle.settle();
        assertDuplicate(seller.places(order), first);
        assertDuplicate(seller.places(order.reference(order.reference().toLowerCase(Locale.ROOT))), first);
        seller.cancels(first).is(200);
        assertDuplicate(seller.places(order), first);
    }

    @Test
    void the_key_of_an_inactive_partner_reads_and_deletes_and_does_nothing_else() {
        OrderJson order = entry();
        Reply draft = seller.settles(order);
        Reply issued = seller.settles(entry().paid());
        deactivate();
        seller.places(entry()).isProblem(400, "partner_inactive");
        seller.issuesInTheCall(entry()).isProblem(400, "partner_inactive");
        seller.replaces(draft, order).isProblem(400, "partner_inactive");
        seller.confirms(draft).isProblem(400, "partner_inactive");
        seller.reads(draft).is(200);
        seller.api().get("/channelManager/orders/" + Castle.JOURNEY_DEALS).is(200);
        seller.cancels(draft).is(200);
        seller.cancels(issued).is(200);
    }

    @Test
    void an_operator_does_all_but_create_for_an_inactive_partner() {
        OrderJson order = entry();
        Reply replaced = seller.settles(order);
        Reply confirmed = seller.settles(entry());
        Reply waiting = seller.places(entry()).is(201);
        deactivate();
        Seller operator = seller.operator();
        operator.places(entry()).isProblem(400, "partner_inactive");
        operator.replaces(replaced, order.paid()).is(200);
        operator.confirms(confirmed).is(200);
        assertThat(operator.processes(waiting).is(200).at("/status")).isEqualTo("Draft");
        castle.settle();
        for (Reply settled : new Reply[] {replaced, confirmed, waiting}) {
            operator.cancels(settled).is(200);
        }
    }

    @Test
    void whether_a_partner_is_active_is_asked_after_what_is_wrong_with_the_body() {
        deactivate();
        seller.places(order().line("31001", 0, WEEKDAY, "10:00:00")).isProblem(400, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Submitted", "Scheduled", "Processing"})
    void an_order_in_flight_is_neither_deleted_nor_replaced_nor_confirmed(String status) {
        OrderJson order = entry();
        Reply inFlight = seller.places(order).is(201);
        List<Claim> claims = bring(status);
        assertThat(seller.reads(inFlight).at("/status")).isEqualTo(status);
        assertThat(seller.reads(inFlight).at("/jobId").isEmpty()).isEqualTo(status.equals("Submitted"));

        seller.cancels(inFlight).isProblem(400, "order_in_flight");
        seller.operator().cancelsByForce(inFlight).isProblem(400, "order_in_flight");
        seller.replaces(inFlight, order.paid()).isProblem(400, "order_in_flight");
        seller.confirms(inFlight).isProblem(400, "order_in_flight");
        if (!claims.isEmpty()) {
            seller.operator().processes(inFlight).isProblem(400, "order_in_flight");
        }
        OrderRecord.of(castle, inFlight).assertConsistent();
        issuance.work(castle.id(), claims);
        castle.settle();
        assertThat(seller.reads(inFlight).at("/status")).isEqualTo("Draft");
    }

    private List<Claim> bring(String status) {
        if (status.equals("Submitted")) {
            return List.of();
        }
        List<Claim> claims = issuance.claimDue(64, 256);
        return status.equals("Scheduled")
                ? claims
                : transactions.acrossCompanies(() -> jobs.startProcessing(claims, OrderQueue.LEASE));
    }

    private static OrderJson entry() {
        return order().line("31001", 1, WEEKDAY, "10:00:00", externalReferences("E-" + UUID.randomUUID()));
    }

    private void deactivate() {
        castle.change(setup -> setup.replace("name: Journey Deals\n", "name: Journey Deals\n    active: false\n"))
                .is(200);
    }

    private static void assertDuplicate(Reply refused, Reply first) {
        refused.isProblem(400, "duplicate_order");
        assertThat(refused.at("/details/0/orderId")).isEqualTo(first.at("/orderId"));
    }
}
