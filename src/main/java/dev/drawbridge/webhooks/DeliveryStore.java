package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
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

    private record LaneRow(UUID endpointId, UUID laneId, UUID partnerId) {}

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

    /** Where a page of deliveries goes on. */
    record Position(Instant createdAt, UUID id) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    DeliveryStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Makes or locks the lanes, in one order so that two who do it do not wait for each other, and after all of them
     * adds the deliveries; so whoever empties a lane either sees these or is done before. An event that was told, or is
     * dead, is told again, as the same delivery; one that is pending stays so.
     *
     * @param atOnce not to wait for the time of the delivery that is first in its lane now
     */
    void add(CompanyTransaction transaction, List<New> deliveries, boolean atOnce) {
        jdbc.sql("""
                        with opened as (
                            insert into webhooks.lanes as l (company_id, endpoint_id, lane_id, partner_id, due_at,
                                   waiting_since)
                            select :company, endpoint_id, lane_id, partner_id, :now, :now
                              from json_populate_recordset(null::webhooks.lanes, :lanes::json)
                             order by endpoint_id, lane_id
                            on conflict (company_id, endpoint_id, lane_id) do update
                               set grown = true,
                                   due_at = case when :atOnce and not l.sending then least(l.due_at, excluded.due_at)
                                                 else l.due_at end
                            returning 1)
                        insert into webhooks.deliveries as d (company_id, delivery_id, subscription_id, endpoint_id,
                               lane_id, sequence, event_id, event_name, order_id, body, next_attempt_at, created_at,
                               pending_since)
                        select :company, delivery_id, subscription_id, endpoint_id, lane_id,
                               sequence, event_id, event_name, order_id, body, :now, :now, :now
                          from json_populate_recordset(null::webhooks.deliveries, :rows::json)
                         cross join (select count(*) from opened) every_lane
                        on conflict (company_id, subscription_id, event_id) do update
                           set state = 'pending', attempts = 0, next_attempt_at = :now, pending_since = :now,
                               settled_at = null
                         where d.state <> 'pending'
                        """)
                .param("company", transaction.company().value())
                .param(
                        "lanes",
                        rows.of(deliveries.stream()
                                .map(added -> new LaneRow(added.endpoint(), added.lane(), added.partner()))
                                .distinct()
                                .toList()))
                .param(
                        "rows",
                        rows.of(deliveries.stream().map(DeliveryStore::row).toList()))
                .param("atOnce", atOnce)
                .param("now", now(transaction))
                .update();
    }

    /** One delivery again, at once: a pending one is not tried later than now, another becomes pending. */
    void restart(CompanyTransaction transaction, UUID id) {
        int restarted = jdbc.sql("""
                        update webhooks.deliveries
                           set attempts = case when state = 'pending' then attempts else 0 end,
                               pending_since = case when state = 'pending' then pending_since else :now end,
                               state = 'pending', next_attempt_at = :now, settled_at = null
                         where company_id = :company and delivery_id = :id
                        """)
                .param("company", transaction.company().value())
                .param("id", id)
                .param("now", now(transaction))
                .update();
        if (restarted != 1) {
            throw new IllegalStateException("Expected to restart one delivery, but did " + restarted + ": " + id);
        }
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
