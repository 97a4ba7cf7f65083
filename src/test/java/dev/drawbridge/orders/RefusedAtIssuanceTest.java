package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestClock;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was right when the order was accepted and is not when it is issued. */
class RefusedAtIssuanceTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Castle castle = Castle.opened();
    private final Seller seller = Seller.at(castle);

    @Test
    void an_item_that_was_blocked_meanwhile() {
        Reply placed = seller.places(
                        order().line("31003", 1, WEEKDAY, "11:00:00").line("31002", 1, WEEKDAY, "10:00:00"))
                .is(201);
        castle.change(setup ->
                        setup.replace("Castle Admission, Child\n", "Castle Admission, Child\n    blocked: true\n"))
                .is(200);
        castle.settle();
        assertRefused(placed, "item_blocked", "Line 200000: item 31002");
        assertThat(castle.taken("TOUR", WEEKDAY, "11:00")).isZero();
    }

    @Test
    void a_package_one_of_whose_components_was_blocked_meanwhile() {
        Reply placed =
                seller.places(order().line("32001", 1, WEEKDAY, "11:00:00")).is(201);
        castle.change(setup ->
                        setup.replace("Castle Admission, Child\n", "Castle Admission, Child\n    blocked: true\n"))
                .is(200);
        castle.settle();
        assertRefused(placed, "item_blocked", "32001");
    }

    @Test
    void a_visit_whose_day_is_over() {
        Reply placed =
                seller.places(order().line("31009", 1, WEEKDAY, "10:00:00")).is(201);
        clock.set(WEEKDAY.plusDays(1).atStartOfDay(Castle.ZONE).toInstant());
        castle.settle();
        assertRefused(placed, "visit_in_past", WEEKDAY.toString());
    }

    @Test
    void a_visit_is_not_over_before_its_day_is() {
        Reply placed =
                seller.places(order().line("31009", 1, WEEKDAY, "10:00:00")).is(201);
        clock.set(WEEKDAY.plusDays(1).atStartOfDay(Castle.ZONE).toInstant().minusMillis(1));
        castle.settle();
        assertThat(seller.reads(placed).at("/status")).isEqualTo("Draft");
    }

    @Test
    void a_ticket_type_whose_numbers_are_used_up() {
        castle.change(setup -> setup.replace(
                        "numberPattern: \"PRK-[S]\", series: { next: 1, digits: 8 }", "numberPattern: \"PRK-[N]\""))
                .is(200);
        Reply all = seller.settles(order().paid().line("31009", 10, WEEKDAY, "10:00:00"));
        assertThat(all.at("/status")).isEqualTo("Issued");

        Reply one = seller.places(order().line("31009", 1, WEEKDAY, "10:00:00")).is(201);
        Reply other =
                seller.places(order().line("31001", 1, WEEKDAY, "10:00:00")).is(201);
        castle.settle();

        assertRefused(one, "issuance_failed", "operator");
        assertThat(seller.reads(other).at("/status")).isEqualTo("Draft");
        seller.issuesInTheCall(order().line("31009", 1, WEEKDAY, "10:00:00")).isProblem(400, "issuance_failed");
    }

    @Test
    void an_external_reference_that_became_a_ticket_number_meanwhile() {
        Reply other = seller.settles(order().paid().line("31001", 1, WEEKDAY, "10:00:00"));
        OrderJson order = order().line("31001", 1, WEEKDAY, "10:00:00", externalReferences("Clash-1"));
        Reply placed = seller.places(order).is(201);
        OrderRecord.of(castle, other)
                .change("update ticketing.tickets set number = 'CLASH-1', number_key = 'clash-1' where order_id = ?");
        castle.settle();
        assertRefused(placed, "external_reference_taken", "external reference");

        Reply again = seller.settles(order().reference(order.reference()).line("31001", 1, WEEKDAY, "10:00:00"));
        assertThat(again.at("/status")).isEqualTo("Draft");
    }

    private void assertRefused(Reply placed, String code, String told) {
        Reply failed = seller.reads(placed).is(200);
        assertThat(failed.at("/status")).isEqualTo("Error");
        assertThat(failed.at("/statusCode")).isEqualTo(code);
        assertThat(failed.at("/statusMessage")).contains(told).endsWith(".");
        assertThat(failed.at("/jobId")).isNotEmpty();
        OrderRecord.of(castle, placed).assertConsistent();
    }
}
