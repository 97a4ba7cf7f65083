package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.RowIds;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of events. */
@Component
class EventStore {

    private record Row(UUID eventId, Event event) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    EventStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    void insert(CompanyTransaction transaction, List<Event> events) {
        jdbc.sql("""
                        insert into webhooks.events (company_id, event_id, order_id, sequence, name, payload,
                               occurred_at)
                        select :company, r.event_id, (r.event ->> 'order_id')::uuid,
                               (r.event ->> 'sequence')::integer, r.event ->> 'name', r.event -> 'payload',
                               :now::timestamptz
                          from json_to_recordset(:rows::json) as r (event_id uuid, event json)
                        """)
                .param("company", transaction.company().value())
                .param(
                        "rows",
                        rows.of(events.stream()
                                .map(event -> new Row(RowIds.next(), event))
                                .toList()))
                .param("now", transaction.now().toString())
                .update();
    }
}
