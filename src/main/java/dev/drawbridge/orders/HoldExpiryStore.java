package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of the ends of holds, read across companies. They go with what {@link OrderStore} does to their orders. */
@Component
class HoldExpiryStore {

    record Expiry(UUID orderId, Instant dueAt) {}

    record Due(CompanyId company, OrderId order) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    HoldExpiryStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    void insert(CompanyTransaction transaction, List<Expiry> expiries) {
        if (expiries.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into orders.hold_expiries (company_id, order_id, due_at)
                        select :company, order_id, due_at
                          from json_populate_recordset(null::orders.hold_expiries, :rows::json)
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(expiries))
                .update();
    }

    List<Due> due(int max) {
        return jdbc.sql("""
                        select company_id, order_id from orders.hold_expiries
                         where due_at <= platform.now()
                         order by due_at limit :max
                        """)
                .param("max", max)
                .query((row, number) -> new Due(
                        new CompanyId(row.getObject("company_id", UUID.class)),
                        new OrderId(row.getObject("order_id", UUID.class))))
                .list();
    }
}
