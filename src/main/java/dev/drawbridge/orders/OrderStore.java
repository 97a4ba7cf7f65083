package dev.drawbridge.orders;

import dev.drawbridge.orders.Order.Identity;
import dev.drawbridge.orders.Order.Line.SellTo;
import dev.drawbridge.orders.Order.State;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.orders.Order.Terms;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** SQL of orders one by one; lists and new orders are in {@link OrderIndexStore}. */
@Component
class OrderStore {

    /** How an order settles: what its row becomes. */
    record Settlement(
            UUID orderId,
            String status,
            String statusCode,
            String statusMessage,
            String jobId,
            int eventSequence,
            @Nullable UUID manifestId,
            @Nullable Instant holdExpiresAt) {}

    private static final JsonMapper LINES = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final JsonRows rows;

    OrderStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    Optional<Order> find(CompanyTransaction transaction, OrderId order) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at, o.status_code,
                               o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, o.generation, o.event_sequence, o.manifest_id, o.hold_expires_at,
                               o.content as shown_content, s.status as shown_status, s.job_id as shown_job_id
                          from orders.orders o
                          join orders.order_status s on s.company_id = o.company_id and s.order_id = o.order_id
                         where o.company_id = :company and o.order_id = :order
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .query(OrderStore::order)
                .optional();
    }

    /** The time of this moment, where that of the transaction's beginning is too early. */
    Instant now() {
        return jdbc.sql("select platform.now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /**
     * Locks the order first and reads it then, in a statement of its own: one that waited for the lock would show other
     * tables as they were before. Lock order everywhere: orders by id, then jobs, then slots by id, then the rest.
     */
    Optional<Order> lock(CompanyTransaction transaction, OrderId order) {
        return lockAll(transaction, List.of(order)).isEmpty() ? Optional.empty() : find(transaction, order);
    }

    /** Locks the orders in id order and answers the stored rows, as if none had a job. */
    List<Order> lockAll(CompanyTransaction transaction, Collection<OrderId> orders) {
        return lockAll(transaction, orders, true);
    }

    /** As {@link #lockAll}, but without the orders' lines: they may be what is wrong. */
    List<Order> lockWithoutLines(CompanyTransaction transaction, Collection<OrderId> orders) {
        return lockAll(transaction, orders, false);
    }

    private List<Order> lockAll(CompanyTransaction transaction, Collection<OrderId> orders, boolean withLines) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at, o.status_code,
                               o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, o.generation, o.event_sequence, o.manifest_id, o.hold_expires_at,
                               case when :withLines then o.content else '[]' end as shown_content,
                               o.status as shown_status, o.job_id as shown_job_id
                          from orders.orders o
                         where o.company_id = :company and o.order_id = any(:orders::uuid[])
                         order by o.order_id
                           for no key update
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .param("withLines", withLines)
                .query(OrderStore::order)
                .list();
    }

    Optional<OrderId> findByReference(CompanyTransaction transaction, PartnerId partner, String reference) {
        return jdbc.sql("""
                        select order_id from orders.orders
                         where company_id = :company and partner_id = :partner and reference_key = :reference
                        """)
                .param("company", transaction.company().value())
                .param("partner", partner.value())
                .param("reference", ComparisonKey.of(reference))
                .query((row, number) -> new OrderId(row.getObject("order_id", UUID.class)))
                .optional();
    }

    /**
     * Settles orders whose jobs this transaction has locked: the jobs go, and the ends of the Drafts' holds are noted.
     */
    void settle(CompanyTransaction transaction, List<Settlement> settlements) {
        int settled = jdbc.sql("""
                        with finished as (
                            delete from orders.issuance_jobs j
                             using (select * from json_populate_recordset(null::orders.orders, :rows::json)
                                     limit :count) s
                             where j.company_id = :company and j.order_id = s.order_id
                            returning s.*),
                        held as (
                            insert into orders.hold_expiries (company_id, order_id, due_at)
                            select :company, order_id, hold_expires_at from finished where hold_expires_at is not null)
                        update orders.orders o
                           set status = s.status, status_code = s.status_code, status_message = s.status_message,
                               job_id = s.job_id, event_sequence = s.event_sequence, manifest_id = s.manifest_id,
                               hold_expires_at = s.hold_expires_at, settled_at = :now::timestamptz
                          from finished s
                         where o.company_id = :company and o.order_id = s.order_id and o.status = 'Submitted'
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(settlements))
                .param("count", settlements.size())
                .param("now", transaction.now().toString())
                .update();
        if (settled != settlements.size()) {
            throw new IllegalStateException("Expected to settle " + settlements.size() + " orders, but did " + settled);
        }
    }

    void confirm(CompanyTransaction transaction, Order order, String paymentReference) {
        expectOne(
                jdbc.sql("""
                        with ended as (delete from orders.hold_expiries
                                        where company_id = :company and order_id = :order)
                        update orders.orders
                           set status = 'Issued', payment_reference = :payment, hold_expires_at = null,
                               event_sequence = event_sequence + 1, settled_at = :now::timestamptz
                         where company_id = :company and order_id = :order and status = 'Draft'
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .param("payment", paymentReference)
                        .param("now", transaction.now().toString())
                        .update(),
                "confirm");
    }

    void replace(CompanyTransaction transaction, Order order, Terms terms) {
        expectOne(
                jdbc.sql("""
                        with ended as (delete from orders.hold_expiries
                                        where company_id = :company and order_id = :order)
                        update orders.orders
                           set status = 'Submitted', status_code = '', status_message = '',
                               sell_to_email = :email, sell_to_name = :name, sell_to_language = :language,
                               payment_reference = :payment, content = :content::json, generation = generation + 1,
                               job_id = '', manifest_id = null, hold_expires_at = null, settled_at = null
                         where company_id = :company and order_id = :order and status in ('Draft', 'Error')
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .param("email", terms.sellTo().email())
                        .param("name", terms.sellTo().name())
                        .param("language", terms.sellTo().language())
                        .param("payment", terms.paymentReference())
                        .param("content", content(terms.lines()))
                        .update(),
                "replace");
    }

    /** An order in Error goes back to the queue under a new generation. */
    void resubmit(CompanyTransaction transaction, Order order) {
        expectOne(
                jdbc.sql("""
                        update orders.orders
                           set status = 'Submitted', status_code = '', status_message = '',
                               generation = generation + 1, job_id = '', settled_at = null
                         where company_id = :company and order_id = :order and status = 'Error'
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .update(),
                "resubmit");
    }

    void cancel(CompanyTransaction transaction, Order order) {
        expectOne(
                jdbc.sql("""
                        update orders.orders
                           set status = 'Cancelled', job_id = '', event_sequence = event_sequence + 1,
                               settled_at = :now::timestamptz
                         where company_id = :company and order_id = :order and status = 'Issued'
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .param("now", transaction.now().toString())
                        .update(),
                "cancel");
    }

    void delete(CompanyTransaction transaction, Order order) {
        expectOne(
                jdbc.sql("""
                        delete from orders.orders
                         where company_id = :company and order_id = :order and status in ('Draft', 'Error')
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .update(),
                "delete");
    }

    void endHold(CompanyTransaction transaction, Order order) {
        expectOne(
                jdbc.sql("""
                        with ended as (delete from orders.hold_expiries
                                        where company_id = :company and order_id = :order)
                        update orders.orders
                           set hold_expires_at = null, event_sequence = event_sequence + 1
                         where company_id = :company and order_id = :order and status = 'Draft'
                           and hold_expires_at is not null
                        """)
                        .param("company", transaction.company().value())
                        .param("order", order.id().value())
                        .update(),
                "end the hold of");
    }

    private static void expectOne(int count, String verb) {
        if (count != 1) {
            throw new IllegalStateException("Expected to " + verb + " one order, but did " + count);
        }
    }

    /** The lines as the column {@code content} has them. */
    static String content(List<Order.Line> lines) {
        return LINES.writeValueAsString(lines);
    }

    static Order order(ResultSet row, int number) throws SQLException {
        return new Order(
                new OrderId(row.getObject("order_id", UUID.class)),
                new Identity(
                        new PartnerId(row.getObject("partner_id", UUID.class)),
                        row.getString("reference"),
                        row.getString("document_number"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()),
                new Terms(
                        new SellTo(
                                row.getString("sell_to_email"),
                                row.getString("sell_to_name"),
                                row.getString("sell_to_language")),
                        row.getString("payment_reference"),
                        Arrays.asList(LINES.readValue(row.getString("shown_content"), Order.Line[].class))),
                row.getInt("generation"),
                new State(
                        OrderStatus.of(row.getString("shown_status")),
                        new StatusReason(row.getString("status_code"), row.getString("status_message")),
                        row.getString("shown_job_id"),
                        row.getInt("event_sequence"),
                        Optional.ofNullable(row.getObject("manifest_id", UUID.class)),
                        Optional.ofNullable(row.getObject("hold_expires_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)));
    }
}
