package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.Event.Recorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** SQL of events, and of replays: which of them are told again. What is left of a replay is read across companies. */
@Component
class EventStore {

    /**
     * Events of a time that a subscription is told again.
     *
     * @param from moves on with the work, together with {@code fromEvent}, the last event that was done
     * @param until exclusive
     */
    record Replay(UUID id, UUID subscription, Instant from, UUID fromEvent, Instant until) {

        private static final UUID BEFORE_ALL = new UUID(0, 0);

        static Replay of(UUID id, UUID subscription, Instant from, Instant until) {
            return new Replay(id, subscription, from, BEFORE_ALL, until);
        }

        Replay after(Recorded last) {
            return new Replay(id, subscription, last.at(), last.id(), until);
        }
    }

    /**
     * Which replay has work left.
     *
     * @param begun whether some of it is done
     */
    record DueReplay(CompanyId company, UUID subscription, boolean begun) {}

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

    /** @return false where one is running for the subscription */
    boolean startReplay(CompanyTransaction transaction, Replay replay) {
        return jdbc.sql("""
                        insert into webhooks.replays (company_id, subscription_id, replay_id, from_at, from_event_id,
                               until_at)
                        values (:company, :subscription, :id, :from, :fromEvent, :until)
                        on conflict (company_id, subscription_id) do nothing
                        """)
                        .param("company", transaction.company().value())
                        .param("subscription", replay.subscription())
                        .param("id", replay.id())
                        .param("from", replay.from().atOffset(ZoneOffset.UTC))
                        .param("fromEvent", replay.fromEvent())
                        .param("until", replay.until().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** In no order, so that many of one company do not stand before those of others. */
    List<DueReplay> dueReplays(int max) {
        return jdbc.sql("""
                        select company_id, subscription_id, from_event_id <> :beforeAll as begun
                          from webhooks.replays order by random() limit :max
                        """)
                .param("beforeAll", Replay.BEFORE_ALL)
                .param("max", max)
                .query((row, number) -> new DueReplay(
                        new CompanyId(row.getObject("company_id", UUID.class)),
                        row.getObject("subscription_id", UUID.class),
                        row.getBoolean("begun")))
                .list();
    }

    /** Empty where another node is at it, or it is done. */
    Optional<Replay> lockReplay(CompanyTransaction transaction, UUID subscription) {
        return jdbc.sql("""
                        select replay_id, from_at, from_event_id, until_at from webhooks.replays
                         where company_id = :company and subscription_id = :subscription
                           for no key update skip locked
                        """)
                .param("company", transaction.company().value())
                .param("subscription", subscription)
                .query((row, number) -> new Replay(
                        row.getObject("replay_id", UUID.class),
                        subscription,
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("from_event_id", UUID.class),
                        row.getObject("until_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void goOnReplaying(CompanyTransaction transaction, Replay replay) {
        jdbc.sql("""
                        update webhooks.replays set from_at = :from, from_event_id = :fromEvent
                         where company_id = :company and subscription_id = :subscription
                        """)
                .param("company", transaction.company().value())
                .param("subscription", replay.subscription())
                .param("from", replay.from().atOffset(ZoneOffset.UTC))
                .param("fromEvent", replay.fromEvent())
                .update();
    }

    void endReplay(CompanyTransaction transaction, UUID subscription) {
        jdbc.sql("delete from webhooks.replays where company_id = :company and subscription_id = :subscription")
                .param("company", transaction.company().value())
                .param("subscription", subscription)
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
