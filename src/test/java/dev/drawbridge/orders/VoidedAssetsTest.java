package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an order leaves behind: voided numbers stay on record, links are withdrawn, references become free. */
class VoidedAssetsTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    private static final String LIVE = "voided_at is null";
    private static final String VOID = "voided_at is not null";

    private final String external = "EXT-" + UUID.randomUUID();
    private final OrderJson order = order().line("31001", 1, WEEKDAY, "10:00:00", externalReferences(external))
            .line("32002", 1, WEEKDAY, "10:00:00");

    @Test
    void a_cancelled_order_keeps_its_wallets_tickets_and_coupons_as_void() {
        Reply issued = SELLER.settles(order.paid());
        assertThat(assets(issued, LIVE)).isEqualTo("1 2 2");
        SELLER.cancels(issued).is(200);
        assertThat(assets(issued, LIVE)).isEqualTo("0 0 0");
        assertThat(assets(issued, VOID)).isEqualTo("1 2 2");
        assertThat(OrderRecord.of(CASTLE, issued).text("""
                        select external_reference from wallets.wallets where order_id = ? order by line_no limit 1
                        """))
                .as("which of the partner's numbers it was stays on record")
                .isEqualTo(external);
    }

    @Test
    void a_deleted_draft_leaves_its_numbers_on_record_though_its_row_is_gone() {
        Reply draft = SELLER.settles(order);
        SELLER.cancels(draft).is(200);
        assertThat(assets(draft, LIVE)).isEqualTo("0 0 0");
        assertThat(assets(draft, VOID)).isEqualTo("1 2 2");
    }

    @Test
    void what_a_replaced_draft_had_is_void_before_the_new_is_issued() {
        Reply draft = SELLER.settles(order);
        SELLER.replaces(draft, order.paid()).is(200);
        assertThat(assets(draft, LIVE)).isEqualTo("0 0 0");
        assertThat(assets(draft, VOID)).isEqualTo("1 2 2");
        CASTLE.settle();
        assertThat(assets(draft, LIVE)).isEqualTo("1 2 2");
        assertThat(assets(draft, VOID)).isEqualTo("1 2 2");
        OrderRecord.of(CASTLE, draft).assertConsistent();
    }

    @Test
    void an_external_reference_is_free_once_its_order_is_cancelled_deleted_or_replaced() {
        Reply issued = SELLER.settles(order.paid());
        assertTaken();
        SELLER.cancels(issued).is(200);

        Reply draft = SELLER.settles(order.reference("D-" + UUID.randomUUID()));
        assertTaken();
        SELLER.cancels(draft).is(200);

        OrderJson other = order().line("31001", 1, WEEKDAY, "10:00:00");
        Reply replaced = SELLER.settles(order.reference(other.reference()));
        assertTaken();
        SELLER.replaces(replaced, other).is(200);
        SELLER.places(order.reference("F-" + UUID.randomUUID())).is(201);
    }

    @Test
    void manifests_can_be_opened_from_issued_on_and_no_longer_once_cancelled() {
        Reply draft = SELLER.settles(order);
        assertThat(links(draft, "withdrawn_at is null")).isZero();
        SELLER.confirms(draft).is(200);
        assertThat(links(draft, "withdrawn_at is null and wallet_id is null")).isOne();
        assertThat(links(draft, "withdrawn_at is null and wallet_id is not null"))
                .isEqualTo(2);
        SELLER.cancels(draft).is(200);
        assertThat(links(draft, "withdrawn_at is null")).isZero();
        assertThat(links(draft, "withdrawn_at is not null")).isEqualTo(3);
    }

    @Test
    void a_replaced_order_has_manifests_at_new_addresses_once_it_is_issued() {
        Reply draft = SELLER.settles(order);
        String before = manifest(draft);
        SELLER.replaces(draft, order.paid()).is(200);
        assertThat(links(draft, "true")).isZero();
        CASTLE.settle();
        assertThat(SELLER.reads(draft).at("/manifestUrl")).endsWith(manifest(draft));
        assertThat(manifest(draft)).isNotEqualTo(before);
        assertThat(links(draft, "withdrawn_at is null")).isEqualTo(3);
    }

    private void assertTaken() {
        Reply refused = SELLER.places(order.reference("R-" + UUID.randomUUID()));
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations())
                .containsExactly("/items/0/wallet/externalReferenceNumbers/0 external_reference_taken");
    }

    /** How many tickets, coupons and wallets are so. */
    private static String assets(Reply order, String condition) {
        return OrderRecord.of(CASTLE, order).text("""
                with o as (select cast(? as uuid) as id)
                select (select count(*) from ticketing.tickets, o where order_id = o.id and %1$s)
                       || ' ' || (select count(*) from coupons.coupons, o where order_id = o.id and %1$s)
                       || ' ' || (select count(*) from wallets.wallets, o where order_id = o.id and %1$s)
                """.formatted(condition));
    }

    private static int links(Reply order, String condition) {
        return OrderRecord.of(CASTLE, order)
                .count("select count(*) from wallets.manifest_links where order_id = ? and " + condition);
    }

    private static String manifest(Reply order) {
        return OrderRecord.of(CASTLE, order).text("select manifest_id from orders.orders where order_id = ?");
    }
}
