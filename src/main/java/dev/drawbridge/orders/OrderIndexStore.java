package dev.drawbridge.orders;

import static java.util.stream.Collectors.toSet;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * SQL that looks across orders: lists of them, what they refer to, the external reference numbers they have reserved.
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

    /**
     * An order beside the rows that follow it.
     *
     * @param told of how many events; {@code recent}: whether they are kept for certain
     * @param holdNoted whether the row of its hold's end says the same; {@code overdue}: whether that end was missed
     * @param jobFits whether it has a job if it wants one; {@code stuck}: whether nobody gets on with that
     */
    public record StoredOrder(
            OrderId id,
            String status,
            int generation,
            int told,
            boolean recent,
            boolean holds,
            boolean holdNoted,
            boolean overdue,
            boolean jobFits,
            boolean stuck) {}

    /** Where a page ends: the order of the list is by these two. */
    record Position(Instant receivedAt, UUID orderId) {}

    private final JdbcClient jdbc;

    OrderIndexStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /**
     * Those of the items, by key, that lines of orders name. Numbers are stored as they were sent, so all different
     * ones are read and compared here.
     */
    public Set<String> orderedItems(CompanyTransaction transaction, Set<String> keys) {
        return jdbc
                .sql("""
                        select distinct line ->> 'itemNumber'
                          from orders.orders, json_array_elements(content) as line
                         where company_id = :company
                        """)
                .param("company", transaction.company().value())
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .map(ComparisonKey::of)
                .filter(keys::contains)
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
                .param("keys", new TreeSet<>(keys).toArray(String[]::new))
                .update();
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

    /** The next orders by id, to be compared with what belongs to them. */
    public List<StoredOrder> stored(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select o.order_id, o.status, o.generation, o.event_sequence,
                               coalesce(o.settled_at, o.received_at) > platform.now() - interval '80 days' as recent,
                               o.hold_expires_at is not null as holds,
                               o.hold_expires_at is not distinct from e.due_at as hold_noted,
                               o.hold_expires_at < platform.now() - interval '5 minutes' as overdue,
                               case when o.status = 'Submitted' then j.generation is not distinct from o.generation
                                    else j.generation is null end as job_fits,
                               j.due_at < platform.now() - interval '10 minutes' or j.attempts > 10 as stuck
                          from (select * from orders.orders
                                 where company_id = :company and order_id > :after
                                 order by order_id limit :max) o
                          left join orders.issuance_jobs j on j.company_id = o.company_id and j.order_id = o.order_id
                          left join orders.hold_expiries e on e.company_id = o.company_id and e.order_id = o.order_id
                         order by o.order_id
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> new StoredOrder(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getString("status"),
                        row.getInt("generation"),
                        row.getInt("event_sequence"),
                        row.getBoolean("recent"),
                        row.getBoolean("holds"),
                        row.getBoolean("hold_noted"),
                        row.getBoolean("overdue"),
                        row.getBoolean("job_fits"),
                        row.getBoolean("stuck")))
                .list();
    }

    /** The quantity of each line, by its number, of orders whose lines can be read. */
    public Map<OrderId, Map<Integer, Integer>> quantities(CompanyTransaction transaction, Collection<OrderId> orders) {
        var found = new HashMap<OrderId, Map<Integer, Integer>>();
        jdbc.sql("""
                        select o.order_id, (line ->> 'lineNo')::integer as line_no,
                               (line ->> 'quantity')::integer as quantity
                          from orders.orders o
                         cross join json_array_elements(
                               case json_typeof(o.content) when 'array' then o.content else '[]' end) as line
                         where o.company_id = :company and o.order_id = any(:orders::uuid[])
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((RowCallbackHandler) row -> found.computeIfAbsent(
                                new OrderId(row.getObject("order_id", UUID.class)), order -> new HashMap<>())
                        .put(row.getInt("line_no"), row.getInt("quantity")));
        return found;
    }

    /** Those of the ids that are orders. */
    public Set<UUID> existing(CompanyTransaction transaction, Collection<UUID> ids) {
        return Set.copyOf(jdbc.sql("""
                        select order_id from orders.orders
                         where company_id = :company and order_id = any(:ids::uuid[])
                        """)
                .param("company", transaction.company().value())
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }
}
