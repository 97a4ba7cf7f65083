package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.Event.Recorded;
import dev.drawbridge.webhooks.ReplayStore.Replay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** SQL of events. */
@Component
class EventStore {

    private record Row(
            UUID eventId,
            UUID orderId,
            UUID partnerId,
            int sequence,
            String name,
            Map<String, Object> payload,
            String traceparent) {}

    private static final TypeReference<Map<String, Object>> PAYLOAD = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonRows rows;
    private final JsonMapper mapper;

    EventStore(JdbcClient jdbc, JsonRows rows, JsonMapper mapper) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.mapper = mapper;
    }

    void insert(CompanyTransaction transaction, List<Recorded> events) {
        jdbc.sql("""
                        insert into webhooks.events (company_id, event_id, order_id, partner_id, sequence, name,
                               payload, occurred_at, traceparent)
                        select :company, event_id, order_id, partner_id, sequence, name, payload, :now::timestamptz,
                               traceparent
                          from json_populate_recordset(null::webhooks.events, :rows::json)
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(events.stream().map(EventStore::row).toList()))
                .param("now", transaction.now().toString())
                .update();
    }

    /** Those that a subscription is told of, in the order of their happening. */
    List<Recorded> since(CompanyTransaction transaction, Replay replay, Subscription.Interest interest, int max) {
        return jdbc.sql("""
                        select event_id, order_id, partner_id, sequence, name, payload, occurred_at, traceparent
                          from webhooks.events
                         where company_id = :company
                           and (occurred_at, event_id) > (:from::timestamptz, :fromEvent)
                           and occurred_at < :until::timestamptz
                           and (:partner::uuid is null or partner_id = :partner::uuid)
                           and (:all or name = :name)
                         order by occurred_at, event_id
                         limit :max
                        """)
                .param("company", transaction.company().value())
                .param("from", replay.from().toString())
                .param("fromEvent", replay.fromEvent())
                .param("until", replay.until().toString())
                .param("partner", interest.partner().map(PartnerId::value).orElse(null))
                .param("all", interest.eventName().equals(EventName.ALL))
                .param("name", interest.eventName())
                .param("max", max)
                .query((row, number) -> event(row))
                .list();
    }

    Map<OrderId, Integer> lastSequences(CompanyTransaction transaction, Collection<OrderId> orders) {
        Map<OrderId, Integer> last = new HashMap<>();
        jdbc.sql("""
                        select order_id, max(sequence) as last from webhooks.events
                         where company_id = :company and order_id = any(:orders::uuid[])
                         group by order_id
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((RowCallbackHandler)
                        row -> last.put(new OrderId(row.getObject("order_id", UUID.class)), row.getInt("last")));
        return last;
    }

    /** @return how many there were, at most so many as are deleted at once */
    int purge(CompanyTransaction transaction, Duration age, int max) {
        return jdbc.sql("""
                        delete from webhooks.events
                         where company_id = :company and event_id in (
                               select event_id from webhooks.events
                                where company_id = :company and occurred_at < :before
                                order by occurred_at limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("before", before(transaction, age))
                .param("max", max)
                .update();
    }

    private Recorded event(ResultSet row) throws SQLException {
        String name = row.getString("name");
        var event = new Event(
                new OrderId(row.getObject("order_id", UUID.class)),
                new PartnerId(row.getObject("partner_id", UUID.class)),
                row.getInt("sequence"),
                Arrays.stream(EventName.values())
                        .filter(known -> known.word().equals(name))
                        .findFirst()
                        .orElseThrow(),
                mapper.readValue(row.getString("payload"), PAYLOAD),
                TraceContext.of(row.getString("traceparent")));
        Instant at = row.getObject("occurred_at", OffsetDateTime.class).toInstant();
        return new Recorded(row.getObject("event_id", UUID.class), event, at);
    }

    private static OffsetDateTime before(CompanyTransaction transaction, Duration age) {
        return transaction.now().minus(age).atOffset(ZoneOffset.UTC);
    }

    private static Row row(Recorded recorded) {
        Event event = recorded.event();
        return new Row(
                recorded.id(),
                event.order().value(),
                event.partner().value(),
                event.sequence(),
                event.name().word(),
                event.payload(),
                event.trace().traceparent());
    }
}
