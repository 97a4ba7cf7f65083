package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of lists of orders. Their lines are not read. */
@Component
class OrderListStore {

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

    OrderListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Order> page(CompanyTransaction transaction, Filter filter, Optional<Position> after, int limit) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at,
                               o.status_code, o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, '[]' as shown_content, o.generation, o.event_sequence, o.manifest_id,
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
                .param("from", text(filter.receivedFrom()))
                .param("until", text(filter.receivedTo()))
                .param("afterTime", text(after.map(Position::receivedAt)))
                .param("afterId", after.map(Position::orderId).orElse(null))
                .param("limit", limit)
                .query(OrderStore::order)
                .list();
    }

    List<Order> byIds(CompanyTransaction transaction, Collection<UUID> ids) {
        return jdbc.sql("""
                        select o.order_id, o.partner_id, o.reference, o.document_number, o.received_at,
                               o.status_code, o.status_message, o.sell_to_email, o.sell_to_name, o.sell_to_language,
                               o.payment_reference, '[]' as shown_content, o.generation, o.event_sequence, o.manifest_id,
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

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
