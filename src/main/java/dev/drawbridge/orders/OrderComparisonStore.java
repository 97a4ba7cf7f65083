package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of orders as they are compared with what belongs to them; it reads many, in the order of their ids. */
@Component
public class OrderComparisonStore {

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

    private final JdbcClient jdbc;

    OrderComparisonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
