package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.Delivery.State;
import dev.drawbridge.webhooks.LaneStore.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL around an attempt: what a claimed lane has to send, and what came of it. */
@Component
class AttemptStore {

    private record ClaimRow(UUID endpointId, UUID laneId, long leaseToken) {}

    /**
     * The first pending delivery of a lane, and where it goes.
     *
     * @param wanted whether its subscription is active
     * @param attempts that are recorded
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

    /**
     * What became of a delivery.
     *
     * @param attempts so far, all of them
     * @param nextAt when a pending one is tried again; else empty
     */
    record Outcome(UUID delivery, State state, int attempts, LastAttempt last, Optional<Instant> nextAt) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    AttemptStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** The fence: whether the lane is still held; if so, it is locked until the transaction ends. */
    boolean lockHeld(Claim claim) {
        return jdbc.sql("""
                        select lease_token from webhooks.lanes
                         where company_id = :company and endpoint_id = :endpoint and lane_id = :lane
                           and lease_token = :token
                           for no key update
                        """)
                .param("company", claim.company().value())
                .param("endpoint", claim.lane().endpoint())
                .param("lane", claim.lane().lane())
                .param("token", claim.leaseToken())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** What is first in each of these lanes, by lease token; nothing where the lease was lost or nothing is pending. */
    Map<Long, Head> heads(CompanyTransaction transaction, List<Claim> claims) {
        Map<Long, Head> heads = new HashMap<>();
        jdbc.sql("""
                        select c.lease_token, d.delivery_id, d.subscription_id, d.body, d.attempts, d.next_attempt_at,
                               s.notification_url,
                               s.state = 'active' and s.deleted_at is null as wanted, s.secret,
                               case when s.old_secret_until > :now then s.old_secret end as old_secret,
                               e.traceparent
                          from (select * from json_populate_recordset(null::webhooks.lanes, :claims::json)
                                 limit :count) c
                         cross join lateral (
                               select first.* from webhooks.lanes l
                                 join webhooks.deliveries first
                                   on first.company_id = l.company_id and first.endpoint_id = l.endpoint_id
                                  and first.lane_id = l.lane_id and first.state = 'pending'
                                where l.company_id = :company and l.endpoint_id = c.endpoint_id
                                  and l.lane_id = c.lane_id and l.lease_token = c.lease_token
                                order by first.sequence, first.delivery_id
                                limit 1) d
                          join webhooks.subscriptions s
                            on s.company_id = d.company_id and s.subscription_id = d.subscription_id
                          left join webhooks.events e on e.company_id = d.company_id and e.event_id = d.event_id
                        """)
                .param("company", transaction.company().value())
                .param("claims", rows.of(claims.stream().map(AttemptStore::row).toList()))
                .param("count", claims.size())
                .param("now", now(transaction))
                .query(row -> {
                    heads.put(row.getLong("lease_token"), head(row));
                });
        return heads;
    }

    /**
     * Records a success where it leaves nothing in the lane, which is removed: the usual end. The lane is locked first,
     * then what follows, each after the one before it.
     *
     * @return false, and nothing is changed, where the lane has more, or is somebody else's by now
     */
    boolean deliveredLast(CompanyTransaction transaction, Claim claim, Outcome outcome) {
        int[] ended = jdbc.sql("""
                        with emptied as (
                            delete from webhooks.lanes l
                             where l.company_id = :company and l.endpoint_id = :endpoint and l.lane_id = :lane
                               and l.lease_token = :token and not l.grown
                               and not exists (select from webhooks.deliveries d
                                                where d.company_id = :company and d.endpoint_id = :endpoint
                                                  and d.lane_id = :lane and d.state = 'pending'
                                                  and d.delivery_id <> :id)
                            returning company_id),
                        delivered as (
                            update webhooks.deliveries d
                               set state = 'delivered', attempts = :attempts, next_attempt_at = null,
                                   settled_at = :now, last_status = :status, last_error = null,
                                   last_latency_millis = :latency
                              from emptied
                             where d.company_id = emptied.company_id and d.delivery_id = :id and d.state = 'pending'
                            returning d.company_id, d.subscription_id, d.endpoint_id),
                        well as (
                            update webhooks.subscriptions s set failing_since = null
                              from delivered d
                             where s.company_id = d.company_id and s.subscription_id = d.subscription_id
                               and s.failing_since is not null
                            returning 1),
                        works as (
                            delete from webhooks.failing_endpoints f
                             using delivered d, (select count(*) from well) after
                             where f.company_id = d.company_id and f.endpoint_id = d.endpoint_id)
                        select (select count(*) from emptied) as lanes, (select count(*) from delivered) as deliveries
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", claim.lane().endpoint())
                .param("lane", claim.lane().lane())
                .param("token", claim.leaseToken())
                .param("id", outcome.delivery())
                .param("attempts", outcome.attempts())
                .param("status", outcome.last().status().orElse(null))
                .param("latency", outcome.last().latencyMillis().orElse(null))
                .param("now", now(transaction))
                .query((row, number) -> new int[] {row.getInt("lanes"), row.getInt("deliveries")})
                .single();
        if (ended[0] != 0) {
            expectOne(ended[1], outcome.delivery());
        }
        return ended[0] != 0;
    }

    void end(CompanyTransaction transaction, Outcome outcome) {
        expectOne(
                jdbc.sql("""
                        update webhooks.deliveries
                           set state = :state, attempts = :attempts, next_attempt_at = :nextAt, last_status = :status,
                               last_error = :error, last_latency_millis = :latency,
                               settled_at = case when :state = 'pending' then null else :now::timestamptz end
                         where company_id = :company and delivery_id = :id and state = 'pending'
                        """)
                        .param("company", transaction.company().value())
                        .param("id", outcome.delivery())
                        .param("state", outcome.state().word())
                        .param("attempts", outcome.attempts())
                        .param(
                                "nextAt",
                                outcome.nextAt()
                                        .map(at -> at.atOffset(ZoneOffset.UTC))
                                        .orElse(null))
                        .param("status", outcome.last().status().orElse(null))
                        .param("error", outcome.last().error().orElse(null))
                        .param("latency", outcome.last().latencyMillis().orElse(null))
                        .param("now", now(transaction))
                        .update(),
                outcome.delivery());
    }

    /** As if it had not been tried; what the attempt before it ended with is kept. */
    void handBack(CompanyTransaction transaction, UUID id, int attempts, Instant nextAt) {
        expectOne(
                jdbc.sql("""
                        update webhooks.deliveries set attempts = :attempts, next_attempt_at = :nextAt
                         where company_id = :company and delivery_id = :id and state = 'pending'
                        """)
                        .param("company", transaction.company().value())
                        .param("id", id)
                        .param("attempts", attempts)
                        .param("nextAt", nextAt.atOffset(ZoneOffset.UTC))
                        .update(),
                id);
    }

    /** After the first delivery of the held lane is dead, the attempt that was counted is the next one's. */
    void countForNext(Claim claim) {
        jdbc.sql("""
                        update webhooks.lanes set begun = 1
                         where company_id = :company and endpoint_id = :endpoint and lane_id = :lane
                        """)
                .param("company", claim.company().value())
                .param("endpoint", claim.lane().endpoint())
                .param("lane", claim.lane().lane())
                .update();
    }

    /** Gives the lane, which this transaction has locked, back to whoever comes next; an empty one is removed. */
    void release(CompanyTransaction transaction, Claim claim) {
        int ended = jdbc.sql("""
                        with first as (
                            select next_attempt_at, min(pending_since) over () as waiting_since
                              from webhooks.deliveries
                             where company_id = :company and endpoint_id = :endpoint and lane_id = :lane
                               and state = 'pending'
                             order by sequence, delivery_id limit 1),
                        kept as (
                            update webhooks.lanes l
                               set sending = false, begun = 0, waiting_since = first.waiting_since,
                                   due_at = greatest(first.next_attempt_at, :now::timestamptz)
                              from first
                             where l.company_id = :company and l.endpoint_id = :endpoint and l.lane_id = :lane
                            returning 1),
                        removed as (
                            delete from webhooks.lanes l
                             where l.company_id = :company and l.endpoint_id = :endpoint and l.lane_id = :lane
                               and not exists (select from first)
                            returning 1)
                        select (select count(*) from kept) + (select count(*) from removed)
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", claim.lane().endpoint())
                .param("lane", claim.lane().lane())
                .param("now", transaction.now().toString())
                .query(Integer.class)
                .single();
        if (ended != 1) {
            throw new IllegalStateException("Expected to give back one lane, but did " + ended + ": " + claim);
        }
    }

    private static void expectOne(int count, UUID id) {
        if (count != 1) {
            throw new IllegalStateException("Expected to change one delivery, but did " + count + ": " + id);
        }
    }

    private static ClaimRow row(Claim claim) {
        return new ClaimRow(claim.lane().endpoint(), claim.lane().lane(), claim.leaseToken());
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

    private static OffsetDateTime now(CompanyTransaction transaction) {
        return transaction.now().atOffset(ZoneOffset.UTC);
    }
}
