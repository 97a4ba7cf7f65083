package dev.drawbridge.orders;

import static java.util.stream.Collectors.toSet;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * SQL that looks across orders: lists of them, what they refer to, and what no two of them may have in common, their
 * external reference numbers for instance, which is why new orders are stored here.
 */
@Component
public class OrderIndexStore {

    /**
     * What a list is narrowed down to, combined with AND.
     *
     * @param statuses any of; empty for all
     * @param receivedFrom inclusive, as {@code receivedTo}
     */
    record Filter(
            PartnerId partner,
            Set<OrderStatus> statuses,
            Optional<String> reference,
            Optional<Instant> receivedFrom,
            Optional<Instant> receivedTo) {

        Filter {
            statuses = Set.copyOf(statuses);
        }
    }

    /** Where a page ends: the order of the list is by these two. */
    record Position(Instant receivedAt, UUID orderId) {}

    private final JdbcClient jdbc;

    OrderIndexStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a new order, its job, and those of its external reference numbers that are free. One statement, as a
     * partner waits for it. A rival who has not committed yet is waited for, as in {@link #reserve}.
     *
     * @return how many numbers were free; empty, and nothing is written, when the partner's reference or the document
     *     number exists
     */
    Optional<Integer> insert(
            CompanyTransaction transaction, Order order, Claim job, Duration lease, Collection<String> keys) {
        return jdbc.sql("""
                        with stored as (
                            insert into orders.orders (company_id, order_id, partner_id, reference, reference_key,
                                   document_number, status, sell_to_email, sell_to_name, sell_to_language,
                                   payment_reference, content, received_at)
                            values (:company, :order, :partner, :reference, :referenceKey, :documentNumber, 'Submitted',
                                    :email, :name, :language, :payment, :content::json, :receivedAt::timestamptz)
                                on conflict do nothing
                            returning company_id, order_id, partner_id, generation),
                        queued as (
                            insert into orders.issuance_jobs (company_id, order_id, partner_id, generation, state,
                                   due_at, lease_token, job_id, assets, traceparent)
                            select company_id, order_id, partner_id, generation,
                                   case when :token = 0 then 'waiting' else 'scheduled' end,
                                   platform.now() + :leaseMillis * interval '1 millisecond', :token, :jobId, :assets,
                                   :traceparent
                              from stored),
                        reserved as (
                            insert into orders.external_references (company_id, reference_key, order_id)
                            select company_id, key, order_id
                              from stored, unnest(:keys::text[]) with ordinality as k (key, place)
                             order by place
                                on conflict do nothing
                            returning reference_key)
                        select (select count(*) from reserved) from stored
                        """)
                .param("company", transaction.company().value())
                .param("order", order.id().value())
                .param("partner", order.partner().value())
                .param("reference", order.identity().reference())
                .param("referenceKey", ComparisonKey.of(order.identity().reference()))
                .param("documentNumber", order.identity().documentNumber())
                .param("email", order.terms().sellTo().email())
                .param("name", order.terms().sellTo().name())
                .param("language", order.terms().sellTo().language())
                .param("payment", order.terms().paymentReference())
                .param("content", OrderStore.content(order.lines()))
                .param("receivedAt", order.identity().receivedAt().toString())
                .param("token", job.leaseToken())
                .param("leaseMillis", lease.toMillis())
                .param("jobId", job.jobId())
                .param("assets", job.assets())
                .param("traceparent", job.trace().traceparent())
                .param("keys", inOrder(keys))
                .query(Integer.class)
                .optional();
    }

    List<Order> page(CompanyTransaction transaction, Filter filter, Optional<Position> after, int limit) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at,
                               o.status_code, o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, '[]' as shown_content, o.generation, o.event_sequence,
                               o.manifest_id,
                               o.hold_expires_at, s.status as shown_status, s.job_id as shown_job_id
                          from orders.orders o
                          join orders.order_status s on s.company_id = o.company_id and s.order_id = o.order_id
                         where o.company_id = :company and o.partner_id = :partner
                           and (cardinality(:statuses::text[]) = 0 or s.status = any(:statuses::text[]))
                           and (:reference::text is null or o.reference_key = :reference::text)
                           and (:from::timestamptz is null or o.received_at >= :from::timestamptz)
                           and (:until::timestamptz is null or o.received_at <= :until::timestamptz)
                           and (:afterTime::timestamptz is null
                                or (o.received_at, o.order_id) > (:afterTime::timestamptz, :afterId::uuid))
                         order by o.received_at, o.order_id
                         limit :limit
                        """)
                .param("company", transaction.company().value())
                .param("partner", filter.partner().value())
                .param(
                        "statuses",
                        filter.statuses().stream().map(OrderStatus::word).toArray(String[]::new))
                .param("reference", filter.reference().map(ComparisonKey::of).orElse(null))
                .param("from", filter.receivedFrom().map(Instant::toString).orElse(null))
                .param("until", filter.receivedTo().map(Instant::toString).orElse(null))
                .param(
                        "afterTime",
                        after.map(position -> position.receivedAt().toString()).orElse(null))
                .param("afterId", after.map(Position::orderId).orElse(null))
                .param("limit", limit)
                .query(OrderStore::order)
                .list();
    }

    List<Order> byIds(CompanyTransaction transaction, Collection<UUID> ids) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at,
                               o.status_code, o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, '[]' as shown_content, o.generation, o.event_sequence,
                               o.manifest_id,
                               o.hold_expires_at, s.status as shown_status, s.job_id as shown_job_id
                          from orders.orders o
                          join orders.order_status s on s.company_id = o.company_id and s.order_id = o.order_id
                         where o.company_id = :company and o.order_id = any(:ids::uuid[])
                        """)
                .param("company", transaction.company().value())
                .param("ids", ids.toArray(UUID[]::new))
                .query(OrderStore::order)
                .list();
    }

    /** Those of the partners, by the text of their ids, that orders are from. */
    public Set<String> partnersWithOrders(CompanyTransaction transaction, Set<String> ids) {
        return jdbc
                .sql("""
                        select asked.id
                          from unnest(:ids) as asked (id)
                         where exists (select from orders.orders o
                                        where o.company_id = :company and o.partner_id = asked.id::uuid)
                        """)
                .param("company", transaction.company().value())
                .param("ids", new SqlArrayValue("text", ids.toArray()))
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .collect(toSet());
    }

    /** The id that so many orders before {@code end} begin with; empty when there are none. */
    public Optional<UUID> partBegin(CompanyTransaction transaction, UUID end, int max) {
        return jdbc.sql("""
                        select order_id
                          from (select order_id from orders.orders
                                 where company_id = :company and order_id < :end
                                 order by order_id desc limit :max) part
                         order by order_id limit 1
                        """)
                .param("company", transaction.company().value())
                .param("end", end)
                .param("max", max)
                .query(UUID.class)
                .optional();
    }

    /** The items, by key, of the orders from {@code begin} to before {@code end} whose lines can be read. */
    public Set<String> orderedItems(CompanyTransaction transaction, UUID begin, UUID end) {
        return jdbc
                .sql("""
                        select distinct coalesce(line ->> 'itemNumber', '')
                          from orders.orders o
                         cross join json_array_elements(
                               case json_typeof(o.content) when 'array' then o.content else '[]' end) as line
                         where o.company_id = :company and o.order_id >= :begin and o.order_id < :end
                        """)
                .param("company", transaction.company().value())
                .param("begin", begin)
                .param("end", end)
                .query((row, number) -> ComparisonKey.of(row.getString(1)))
                .list()
                .stream()
                .collect(toSet());
    }

    /**
     * Reserves the numbers, in one order everywhere so that two orders never wait for each other; answers how many were
     * free. A rival that has not committed yet is waited for.
     */
    int reserve(CompanyTransaction transaction, OrderId order, Collection<String> keys) {
        return jdbc.sql("""
                        insert into orders.external_references (company_id, reference_key, order_id)
                        select :company, key, :order
                          from unnest(:keys::text[]) with ordinality as k (key, place)
                         order by place
                            on conflict do nothing
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("keys", inOrder(keys))
                .update();
    }

    private static String[] inOrder(Collection<String> keys) {
        return new TreeSet<>(keys).toArray(String[]::new);
    }

    Set<String> reservedAmong(CompanyTransaction transaction, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select reference_key from orders.external_references
                         where company_id = :company and reference_key = any(:keys::text[])
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** As {@link #reservedAmong}, but not counting those of the order itself. */
    Set<String> reservedByOthers(CompanyTransaction transaction, OrderId order, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select reference_key from orders.external_references
                         where company_id = :company and reference_key = any(:keys::text[]) and order_id <> :order
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .param("order", order.value())
                .query(String.class)
                .list());
    }

    /**
     * As {@link #reservedAmong}, but not counting those of the order under this reference: one in Error is about to go,
     * any other makes the new one a duplicate, which is what its partner must be told.
     */
    Set<String> reservedByOtherOrders(
            CompanyTransaction transaction, PartnerId partner, String orderReferenceKey, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select e.reference_key
                          from orders.external_references e
                          join orders.orders o on o.company_id = e.company_id and o.order_id = e.order_id
                         where e.company_id = :company and e.reference_key = any(:keys::text[])
                           and not (o.partner_id = :partner and o.reference_key = :orderReference)
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .param("partner", partner.value())
                .param("orderReference", orderReferenceKey)
                .query(String.class)
                .list());
    }

    void free(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("delete from orders.external_references where company_id = :company and order_id = :order")
                .param("company", transaction.company().value())
                .param("order", order.value())
                .update();
    }
}
