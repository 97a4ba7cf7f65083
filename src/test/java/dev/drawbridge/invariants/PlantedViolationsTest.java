package dev.drawbridge.invariants;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.LoggedLines;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.invariants.InvariantStore.Walk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is put in behind the server's back is found, and nothing else is. */
class PlantedViolationsTest {

    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    private final InvariantChecking checking = TestServer.running().bean(InvariantChecking.class);
    private final Invariants invariants = TestServer.running().bean(Invariants.class);

    @Test
    void an_order_breaks_nothing_whatever_has_happened_to_it() {
        Castle castle = Castle.opened();
        Seller seller = Seller.at(castle);
        seller.settles(visit().paid());
        seller.settles(visit());
        seller.settles(order().paid()
                .line("32001", 2, Castle.weekday(), "11:00:00")
                .line("31004", 12, Castle.weekday(), "11:00:00")
                .line("31005", 2, Castle.weekday(), "11:00:00")
                .line("31009", 1, Castle.weekday(), "11:00:00")
                .line("41001", 2, Castle.weekday(), "11:00:00"));
        seller.confirms(seller.settles(visit())).is(200);
        seller.cancels(seller.settles(visit().paid())).is(200);
        seller.cancels(seller.settles(visit())).is(200);
        seller.settles(order().line("31001", 1, Castle.weekday(), "03:00:00"));
        Reply expired = seller.settles(visit());
        OrderRecord.of(castle, expired)
                .change("update orders.hold_expiries set due_at = platform.now() - interval '1 second'"
                        + " where order_id = ?");
        OrderRecord.of(castle, expired)
                .change("update orders.orders set hold_expires_at = platform.now() - interval '1 second'"
                        + " where order_id = ?");
        castle.endHolds();
        seller.confirms(expired).is(200);
        Reply replaced = seller.settles(visit().reference("R-1"));
        seller.replaces(replaced, visit().reference("R-1").paid()).is(200);
        seller.places(visit()).is(201);

        assertThat(violations(castle)).as("with an order in flight").isEmpty();
        castle.settle();
        assertThat(violations(castle)).as("when all are settled").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order_places   | update ticketing.reservations set state = 'released' where order_id = ?",
                "order_places   | update ticketing.reservations set state = 'held' where order_id = ?",
                "order_places   | update ticketing.reservations set quantity = quantity + 1 where order_id = ?",
                "order_places   | update ticketing.reservations set generation = 2 where order_id = ?",
                "order_places   | delete from ticketing.reservations where order_id = ?",
                "order_assets   | delete from wallets.wallet_assets where order_id = ?",
                "order_assets   | update ticketing.tickets set paid = false where order_id = ?",
                "order_assets   | update ticketing.tickets set voided_at = platform.now()"
                        + " where order_id = ? and seq_no = 2",
                "order_assets   | update wallets.wallets set generation = 2 where order_id = ?",
                "order_assets   | update wallets.wallets set line_no = 7 where order_id = ? and seq_no = 2",
                "order_events   | delete from webhooks.events where order_id = ?",
                "order_events   | update orders.orders set event_sequence = 2 where order_id = ?",
                "job_row        | insert into orders.issuance_jobs"
                        + " select company_id, order_id, partner_id, 1, 'waiting', platform.now() + interval '1 day',"
                        + " 0, 0, '', 0, repeat('0', 55) from orders.orders where order_id = ?",
                "orphan         | delete from orders.orders where order_id = ?",
            })
    void of_an_issued_order(String check, String plant) {
        OrderRecord issued =
                OrderRecord.of(CASTLE, SELLER.settles(order().paid().line("31001", 3, Castle.weekday(), "10:00:00")));

        assertPlanted(check, () -> issued.change(plant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hold_row       | delete from orders.hold_expiries where order_id = ?",
                "hold_row       | update orders.orders set hold_expires_at = null where order_id = ?",
                "hold_overdue   | update orders.orders set hold_expires_at = platform.now() - interval '301 seconds'"
                        + " where order_id = ?",
                "order_places   | update ticketing.reservations set state = 'sold' where order_id = ?",
                "order_assets   | update ticketing.tickets set paid = true where order_id = ? and seq_no = 1",
            })
    void of_a_draft(String check, String plant) {
        OrderRecord draft = OrderRecord.of(CASTLE, SELLER.settles(visit()));

        assertPlanted(check, () -> draft.change(plant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job_row        | delete from orders.issuance_jobs where order_id = ?",
                "job_row        | update orders.issuance_jobs set generation = 2 where order_id = ?",
                "job_stuck      | update orders.issuance_jobs set due_at = platform.now() - interval '601 seconds'"
                        + " where order_id = ?",
                "job_stuck      | update orders.issuance_jobs set attempts = 11 where order_id = ?",
            })
    void of_an_order_that_waits(String check, String plant) {
        OrderRecord waiting = OrderRecord.of(CASTLE, SELLER.places(visit()).is(201));

        assertPlanted(check, () -> waiting.change(plant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order_assets   | update ticketing.tickets set voided_at = null where order_id = ?",
                "order_assets   | update wallets.wallets set voided_at = null where order_id = ?",
                "order_places   | update ticketing.reservations set state = 'sold' where order_id = ?",
            })
    void of_a_cancelled_order(String check, String plant) {
        Reply cancelled = SELLER.settles(visit().paid());
        SELLER.cancels(cancelled).is(200);

        assertPlanted(check, () -> OrderRecord.of(CASTLE, cancelled).change(plant));
    }

    @ParameterizedTest
    @CsvSource({
        "slot_counter, 11:00:00, taken = taken + 1",
        "slot_oversold, 12:00:00, capacity = 0",
    })
    void of_a_slot(String check, String time, String change) {
        OrderRecord issued = OrderRecord.of(CASTLE, SELLER.settles(visit(time).paid()));

        assertPlanted(
                check,
                () -> issued.change("update ticketing.slots set " + change + " where slot_id = any(array("
                        + "select slot_id from ticketing.reservations where order_id = ?))"));
    }

    @Test
    void a_delivery_that_nobody_would_send() {
        CASTLE.operator()
                .post("/webhooks", "{\"notificationUrl\": \"http://localhost:1/\", \"eventName\": \"*\"}")
                .is(201);
        OrderRecord told = OrderRecord.of(CASTLE, SELLER.settles(visit().paid()));

        assertPlanted("delivery_lane", () -> told.change("delete from webhooks.lanes where lane_id = ?"));
    }

    @Test
    void what_is_found_is_logged_by_its_id_and_left_as_it_is() {
        OrderRecord issued = OrderRecord.of(CASTLE, SELLER.settles(visit().paid()));
        issued.change("update orders.orders set event_sequence = 5 where order_id = ?");
        try (var log = new LoggedLines()) {
            checking.goOn(new Walk(CASTLE.id(), "order_events", Invariant.START, 0, 0));

            assertThat(log.with("check", "order_events")).last().satisfies(line -> {
                assertThat(line.message()).startsWith("invariant_violated");
                assertThat(line.field("company")).isEqualTo(CASTLE.id().toString());
                assertThat(line.field("ids")).contains(issued.order().toString());
            });
        }
        assertThat(issued.text("select event_sequence from orders.orders where order_id = ?"))
                .isEqualTo("5");
    }

    private void assertPlanted(String check, Runnable plant) {
        int before = found(CASTLE, check);
        plant.run();

        assertThat(found(CASTLE, check)).as(check).isEqualTo(before + 1);
    }

    private Map<String, Integer> violations(Castle castle) {
        Map<String, Integer> violations = new TreeMap<>();
        for (String name : invariants.names()) {
            violations.put(name, found(castle, name));
        }
        violations.values().removeIf(found -> found == 0);
        return violations;
    }

    private int found(Castle castle, String check) {
        checking.addMissing();
        try (var _ = new LoggedLines()) {
            checking.goOn(new Walk(castle.id(), check, Invariant.START, 0, 0));
        }
        List<Integer> found = castle.inDatabase(
                jdbc -> jdbc.sql("select found_before from invariants.checks where company_id = ? and name = ?")
                        .param(castle.id().value())
                        .param(check)
                        .query(Integer.class)
                        .list());
        return found.getFirst();
    }

    private static OrderJson visit() {
        return visit("10:00:00");
    }

    private static OrderJson visit(String time) {
        return order().line("31001", 3, Castle.weekday(), time);
    }
}
