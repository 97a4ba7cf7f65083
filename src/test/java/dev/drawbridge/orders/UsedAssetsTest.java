package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling what a guest has used. */
class UsedAssetsTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_order_on_whose_tickets_a_guest_was_let_in_is_not_cancelled(boolean paid) {
        Reply used = SELLER.settles(family(paid));
        admit(used);
        SELLER.cancels(used).isProblem(400, "tickets_already_used");
        assertUnchanged(used);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_order_whose_coupon_was_redeemed_is_not_cancelled(boolean paid) {
        Reply used = SELLER.settles(family(paid));
        redeem(used);
        SELLER.cancels(used).isProblem(400, "coupons_already_used");
        SELLER.operator().cancels(used).isProblem(400, "coupons_already_used");
        assertUnchanged(used);
    }

    @Test
    void a_ticket_is_named_before_a_coupon() {
        Reply used = SELLER.settles(family(true));
        admit(used);
        redeem(used);
        SELLER.cancels(used).isProblem(400, "tickets_already_used");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_operator_cancels_it_by_force_which_is_audited_and_what_was_used_stays_used_on_record(boolean paid) {
        Reply used = SELLER.settles(family(paid));
        admit(used);
        redeem(used);
        assertThat(SELLER.operator().cancelsByForce(used).is(200).at("/status")).isEqualTo("Cancelled");
        OrderRecord record = OrderRecord.of(CASTLE, used);
        assertThat(record.count("""
                select count(*) from ticketing.tickets where order_id = ? and admitted = 1 and voided_at is not null
                """)).isOne();
        assertThat(record.count("""
                select count(*) from coupons.coupons
                 where order_id = ? and redeemed_at is not null and document_no = 'BILL-1' and voided_at is not null
                """)).isOne();
        assertThat(audited(record)).isOne();
        record.assertConsistent();
        CASTLE.assertCountersEqualReservations();
    }

    @Test
    void a_forced_cancellation_that_changes_nothing_is_not_audited() {
        Reply submitted = SELLER.places(family(true)).is(201);
        SELLER.operator().cancelsByForce(submitted).isProblem(400, "order_in_flight");
        CASTLE.settle();
        SELLER.cancels(submitted).is(200);
        SELLER.operator().cancelsByForce(submitted).is(200);
        assertThat(audited(OrderRecord.of(CASTLE, submitted))).isZero();
    }

    @Test
    void a_partner_may_not_force_anything_whatever_the_order_is() {
        Reply draft = SELLER.settles(family(false));
        SELLER.cancelsByForce(draft).isProblem(403, "forbidden");
        assertUnchanged(draft);
    }

    /** Tickets and coupons together. */
    private static OrderJson family(boolean paid) {
        OrderJson order = order().line("31001", 2, WEEKDAY, "10:00:00").line("32002", 1, WEEKDAY, "10:00:00");
        return paid ? order.paid() : order;
    }

    private static void admit(Reply order) {
        OrderRecord.of(CASTLE, order).change("""
                update ticketing.tickets set admitted = 1
                 where ticket_id = (select ticket_id from ticketing.tickets where order_id = ? limit 1)
                """);
    }

    private static void redeem(Reply order) {
        OrderRecord.of(CASTLE, order).change("""
                update coupons.coupons set redeemed_at = platform.now(), document_no = 'BILL-1'
                 where coupon_id = (select coupon_id from coupons.coupons where order_id = ? limit 1)
                """);
    }

    private static int audited(OrderRecord record) {
        return record.count("""
                select count(*) from platform.audit_log
                 where action = 'order_cancelled_by_force' and object = cast(? as text)
                """);
    }

    private static void assertUnchanged(Reply order) {
        assertThat(SELLER.reads(order).json()).isEqualTo(order.json());
        OrderRecord.of(CASTLE, order).assertConsistent();
    }
}
