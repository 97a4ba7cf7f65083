package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.Delivery.New;
import dev.drawbridge.webhooks.Delivery.State;
import dev.drawbridge.webhooks.LaneStore.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of deliveries. Who adds or restarts pending ones locks their lanes first, so that none is left behind. */
@Component
class DeliveryStore {

    private record Row(
            UUID deliveryId,
            UUID subscriptionId,
            UUID endpointId,
            UUID laneId,
            int sequence,
            UUID eventId,
            String eventName,
            @Nullable UUID orderId,
            String body) {}

    /**
     * The first pending delivery of a lane, and where it goes.
     *
     * @param wanted whether its subscription is active
     * @param secrets that sign, encrypted; none once the subscription is deleted
     * @param trace of its event; its own of one that has none any more, as of a ping
     */
    record Head(
            UUID delivery,
            UUID subscription,
            boolean wanted,
            String url,
            String body,
            int attempts,
            Instant nextAttemptAt,
            List<byte[]> secrets,
            TraceContext trace) {}

    /** Where a page of deliveries goes on. */
    record Position(Instant createdAt, UUID id) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    DeliveryStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** An event that was told, or is dead, is told again, as the same delivery; one that is pending stays so. */
    void add(CompanyTransaction transaction, List<New> deliveries) {
        jdbc.sql("""
                        insert into webhooks.deliveries as d (company_id, delivery_id, subscription_id, endpoint_id,
                               lane_id, sequence, event_id, event_name, order_id, body, next_attempt_at, created_at)
                        select :company, delivery_id, subscription_id, endpoint_id, lane_id,
                               sequence, event_id, event_name, order_id, body, :now, :now
                          from json_populate_recordset(null::webhooks.deliveries, :rows::json)
                        on conflict (company_id, subscription_id, event_id) do update
                           set state = 'pending', attempts = 0, next_attempt_at = :now, settled_at = null
                         where d.state <> 'pending'
                        """)
                .param("company", transaction.company().value())
                .param(
                        "rows",
                        rows.of(deliveries.stream().map(DeliveryStore::row).toList()))
                .param("now", now(transaction))
                .update();
    }

    /** One delivery again, at once: a pending one is not tried later than now, another becomes pending. */
    void restart(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.deliveries
                           set attempts = case when state = 'pending' then attempts else 0 end,
                               state = 'pending', next_attempt_at = :now, settled_at = null
                         where company_id = :company and delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("now", now(transaction))
                .update();
    }

    Optional<Head> head(CompanyTransaction transaction, Lane lane) {
        return jdbc.sql("""
                        select d.delivery_id, d.subscription_id, d.body, d.attempts, d.next_attempt_at,
                               s.notification_url,
                               s.state = 'active' and s.deleted_at is null as wanted, s.secret,
                               case when s.old_secret_until > :now then s.old_secret end as old_secret,
                               e.traceparent
                          from webhooks.deliveries d
                          join webhooks.subscriptions s
                            on s.company_id = d.company_id and s.subscription_id = d.subscription_id
                          left join webhooks.events e on e.company_id = d.company_id and e.event_id = d.event_id
                         where d.company_id = :company and d.endpoint_id = :endpoint and d.lane_id = :lane
                           and d.state = 'pending'
                         order by d.sequence, d.delivery_id
                         limit 1
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", lane.endpoint())
                .param("lane", lane.lane())
                .param("now", now(transaction))
                .query((row, number) -> head(row))
                .optional();
    }

    /** Counts an attempt before it is made, so that one that kills its node counts. */
    void begin(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.deliveries set attempts = attempts + 1
                         where company_id = :company and delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .update();
    }

    /** @param nextAt when a pending one is tried again; else empty */
    void end(CompanyTransaction transaction, UUID id, State state, LastAttempt last, Optional<Instant> nextAt) {
        jdbc.sql("""
                        update webhooks.deliveries
                           set state = :state, next_attempt_at = :nextAt, last_status = :status, last_error = :error,
                               last_latency_millis = :latency,
                               settled_at = case when :state = 'pending' then null else :now::timestamptz end
                         where company_id = :company and delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("state", state.word())
                .param("nextAt", nextAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("status", last.status().orElse(null))
                .param("error", last.error().orElse(null))
                .param("latency", last.latencyMillis().orElse(null))
                .param("now", now(transaction))
                .update();
    }

    /** Takes back what {@link #begin} counted: the attempt was cut short by us. */
    void handBack(CompanyTransaction transaction, UUID id) {
        jdbc.sql("""
                        update webhooks.deliveries set attempts = attempts - 1, next_attempt_at = :now
                         where company_id = :company and delivery_id = :id and state = 'pending'
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("now", now(transaction))
                .update();
    }

    Optional<Delivery> find(CompanyTransaction transaction, UUID id) {
        return jdbc.sql("""
                        select delivery_id, subscription_id, event_id, event_name, order_id, state, attempts,
                               last_status, last_error, last_latency_millis, next_attempt_at, created_at
                          from webhooks.deliveries
                         where company_id = :company and delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .query((row, number) -> delivery(row))
                .optional();
    }

    /** Where a delivery goes, and whose order it is about, for its lane. */
    Lane lane(CompanyTransaction transaction, UUID id) {
        return jdbc.sql("""
                        select d.endpoint_id, d.lane_id, coalesce(e.partner_id, :nobody) as partner_id
                          from webhooks.deliveries d
                          left join webhooks.events e on e.company_id = d.company_id and e.event_id = d.event_id
                         where d.company_id = :company and d.delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("nobody", Lane.NOBODY)
                .query((row, number) -> new Lane(
                        row.getObject("endpoint_id", UUID.class),
                        row.getObject("lane_id", UUID.class),
                        row.getObject("partner_id", UUID.class)))
                .single();
    }

    /** Newest first. */
    List<Delivery> list(CompanyTransaction transaction, UUID subscription, Optional<Position> after, int max) {
        return jdbc.sql("""
                        select delivery_id, subscription_id, event_id, event_name, order_id, state, attempts,
                               last_status, last_error, last_latency_millis, next_attempt_at, created_at
                          from webhooks.deliveries
                         where company_id = :company and subscription_id = :subscription
                           and (:first or (created_at, delivery_id) < (:at::timestamptz, :id::uuid))
                         order by created_at desc, delivery_id desc
                         limit :max
                        """)
                .param("company", transaction.company().value())
                .param("subscription", subscription)
                .param("first", after.isEmpty())
                .param(
                        "at",
                        after.map(position -> position.createdAt().toString()).orElse(null))
                .param("id", after.map(Position::id).orElse(null))
                .param("max", max)
                .query((row, number) -> delivery(row))
                .list();
    }

    private static Row row(New delivery) {
        return new Row(
                delivery.id(),
                delivery.subscription(),
                delivery.endpoint(),
                delivery.lane(),
                delivery.sequence(),
                delivery.eventId(),
                delivery.eventName(),
                delivery.order().orElse(null),
                delivery.body());
    }

    private static Head head(ResultSet row) throws SQLException {
        byte @Nullable [] secret = row.getBytes("secret");
        byte @Nullable [] oldSecret = row.getBytes("old_secret");
        List<byte[]> secrets =
                secret == null ? List.of() : oldSecret == null ? List.of(secret) : List.of(secret, oldSecret);
        return new Head(
                row.getObject("delivery_id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getBoolean("wanted"),
                row.getString("notification_url"),
                row.getString("body"),
                row.getInt("attempts"),
                row.getObject("next_attempt_at", OffsetDateTime.class).toInstant(),
                secrets,
                TraceContext.of(row.getString("traceparent")));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var last = new LastAttempt(
                Optional.ofNullable(row.getObject("last_status", Integer.class)),
                Optional.ofNullable(row.getString("last_error")),
                Optional.ofNullable(row.getObject("last_latency_millis", Integer.class)));
        @Nullable OffsetDateTime next = row.getObject("next_attempt_at", OffsetDateTime.class);
        return new Delivery(
                row.getObject("delivery_id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("event_name"),
                Optional.ofNullable(row.getObject("order_id", UUID.class)),
                State.of(row.getString("state")),
                row.getInt("attempts"),
                last,
                Optional.ofNullable(next).map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime now(CompanyTransaction transaction) {
        return transaction.now().atOffset(ZoneOffset.UTC);
    }
}
