package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL of the queue of deliveries, read across companies. A row is a lane with something pending; whoever has claimed it
 * may send the first delivery in it, until the lease is over. The database's clock decides.
 */
@Component
class LaneStore {

    /** The deliveries of one order to one address, for an order of this partner. */
    record Lane(UUID endpoint, UUID lane, UUID partner) {

        /** Whose a ping is: no partner's. */
        static final UUID NOBODY = new UUID(0, 0);
    }

    /**
     * The right to send what is first in a lane.
     *
     * @param leaseToken never given twice; who records what came of it must still have the last one
     */
    record Claim(CompanyId company, Lane lane, long leaseToken) {}

    /**
     * How many may be under way at once to one endpoint.
     *
     * @param failing to one that has failed {@code failures} times since its last success
     */
    record Caps(int healthy, int failing, int failures) {}

    private record Row(UUID endpointId, UUID laneId, UUID partnerId) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    LaneStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Makes or locks the lanes, before deliveries are added to them; so whoever empties a lane either sees these or is
     * done before. In one order, so that two who do it do not wait for each other.
     *
     * @param atOnce not to wait for the time of the delivery that is first in the lane now
     */
    void open(CompanyTransaction transaction, Collection<Lane> lanes, boolean atOnce) {
        List<Row> distinct = lanes.stream()
                .map(lane -> new Row(lane.endpoint(), lane.lane(), lane.partner()))
                .distinct()
                .toList();
        jdbc.sql("""
                        insert into webhooks.lanes as l (company_id, endpoint_id, lane_id, partner_id, due_at,
                               waiting_since)
                        select :company, endpoint_id, lane_id, partner_id, :now::timestamptz, :now::timestamptz
                          from json_populate_recordset(null::webhooks.lanes, :rows::json)
                         order by endpoint_id, lane_id
                        on conflict (company_id, endpoint_id, lane_id) do update
                           set due_at = case when :atOnce and not l.sending then least(l.due_at, excluded.due_at)
                                             else l.due_at end
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(distinct))
                .param("now", transaction.now().toString())
                .param("atOnce", atOnce)
                .update();
    }

    /**
     * Claims due lanes: of each endpoint as many as it may have under way, and of those its partners in turn. The
     * recursive part jumps from one to the next in the index instead of reading all that waits; chance decides who
     * comes first when there are more than one claim can serve.
     */
    List<Claim> claimDue(int max, Caps caps, Duration lease) {
        return jdbc.sql("""
                        with recursive senders as (
                            (select company_id, endpoint_id, partner_id from webhooks.lanes
                              order by company_id, endpoint_id, partner_id limit 1)
                            union all
                            select next.company_id, next.endpoint_id, next.partner_id
                              from senders s
                             cross join lateral (
                                   select company_id, endpoint_id, partner_id from webhooks.lanes
                                    where (company_id, endpoint_id, partner_id)
                                          > (s.company_id, s.endpoint_id, s.partner_id)
                                    order by company_id, endpoint_id, partner_id limit 1) next),
                        endpoints as (
                            select e.company_id, e.endpoint_id,
                                   case when f.failures >= :failures then :failing else :healthy end
                                   - (select count(*) from webhooks.lanes l
                                       where l.company_id = e.company_id and l.endpoint_id = e.endpoint_id
                                         and l.sending and l.due_at > platform.now()) as room
                              from (select distinct company_id, endpoint_id from senders) e
                              left join webhooks.failing_endpoints f
                                on f.company_id = e.company_id and f.endpoint_id = e.endpoint_id
                             where f.paused_until is null or f.paused_until <= platform.now()),
                        due as (
                            select s.company_id, s.endpoint_id, d.lane_id, e.room,
                                   row_number() over (partition by s.company_id, s.endpoint_id
                                                      order by d.place, s.partner_id) as turn
                              from endpoints e
                              join senders s on s.company_id = e.company_id and s.endpoint_id = e.endpoint_id
                             cross join lateral (
                                   select oldest.lane_id, row_number() over (order by oldest.due_at) as place
                                     from (select lane_id, due_at from webhooks.lanes
                                            where company_id = s.company_id and endpoint_id = s.endpoint_id
                                              and partner_id = s.partner_id and due_at <= platform.now()
                                            order by due_at
                                            limit greatest(e.room, 0)
                                              for no key update skip locked) oldest) d),
                        chosen as (
                            select company_id, endpoint_id, lane_id from due
                             where turn <= room
                             order by turn, random()
                             limit :max)
                        update webhooks.lanes l
                           set sending = true, lease_token = nextval('webhooks.lease_tokens'),
                               due_at = platform.now() + :leaseMillis * interval '1 millisecond'
                          from chosen c
                         where l.company_id = c.company_id and l.endpoint_id = c.endpoint_id and l.lane_id = c.lane_id
                        returning l.company_id, l.endpoint_id, l.lane_id, l.partner_id, l.lease_token
                        """)
                .param("max", max)
                .param("healthy", caps.healthy())
                .param("failing", caps.failing())
                .param("failures", caps.failures())
                .param("leaseMillis", lease.toMillis())
                .query((row, number) -> claim(row))
                .list();
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

    /** Gives the lane, which this transaction has locked, back to whoever comes next; an empty one is removed. */
    void release(CompanyTransaction transaction, Lane lane) {
        int waiting = jdbc.sql("""
                        update webhooks.lanes l
                           set sending = false, due_at = greatest(first.next_attempt_at, :now::timestamptz),
                               waiting_since = first.created_at
                          from (select next_attempt_at, created_at from webhooks.deliveries
                                 where company_id = :company and endpoint_id = :endpoint and lane_id = :lane
                                   and state = 'pending'
                                 order by sequence, delivery_id limit 1) first
                         where l.company_id = :company and l.endpoint_id = :endpoint and l.lane_id = :lane
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", lane.endpoint())
                .param("lane", lane.lane())
                .param("now", transaction.now().toString())
                .update();
        if (waiting == 0) {
            jdbc.sql("""
                            delete from webhooks.lanes
                             where company_id = :company and endpoint_id = :endpoint and lane_id = :lane
                            """)
                    .param("company", transaction.company().value())
                    .param("endpoint", lane.endpoint())
                    .param("lane", lane.lane())
                    .update();
        }
    }

    void endpointSucceeded(CompanyTransaction transaction, UUID endpoint) {
        jdbc.sql("delete from webhooks.failing_endpoints where company_id = :company and endpoint_id = :endpoint")
                .param("company", transaction.company().value())
                .param("endpoint", endpoint)
                .update();
    }

    /** @param pause until when nothing at all is sent there */
    void endpointFailed(CompanyTransaction transaction, UUID endpoint, Optional<Duration> pause) {
        jdbc.sql("""
                        insert into webhooks.failing_endpoints as f (company_id, endpoint_id, failures, paused_until,
                               failed_at)
                        values (:company, :endpoint, 1, :until, :now)
                        on conflict (company_id, endpoint_id) do update
                           set failures = f.failures + 1, failed_at = excluded.failed_at,
                               paused_until = coalesce(excluded.paused_until, f.paused_until)
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", endpoint)
                .param(
                        "until",
                        pause.map(time -> transaction.now().plus(time).atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    void forgetFailures(CompanyTransaction transaction, Duration age) {
        jdbc.sql("""
                        delete from webhooks.failing_endpoints where company_id = :company and failed_at < :before
                        """)
                .param("company", transaction.company().value())
                .param("before", transaction.now().minus(age).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** How long the oldest delivery that is pending has waited, on any node; zero when there is none. */
    Duration longestWait() {
        return jdbc.sql("""
                        select coalesce(greatest(0, extract(epoch from platform.now() - min(waiting_since))), 0)
                          from webhooks.lanes
                        """)
                .query((row, number) -> Duration.ofMillis(Math.round(row.getDouble(1) * 1_000)))
                .single();
    }

    /** Pending deliveries that are in no lane, so that nobody would ever send them. */
    List<UUID> stranded(CompanyTransaction transaction, int max) {
        return jdbc.sql("""
                        select d.delivery_id from webhooks.deliveries d
                         where d.company_id = :company and d.state = 'pending'
                           and not exists (select from webhooks.lanes l
                                            where l.company_id = d.company_id and l.endpoint_id = d.endpoint_id
                                              and l.lane_id = d.lane_id)
                         limit :max
                        """)
                .param("company", transaction.company().value())
                .param("max", max)
                .query(UUID.class)
                .list();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                new CompanyId(row.getObject("company_id", UUID.class)),
                new Lane(
                        row.getObject("endpoint_id", UUID.class),
                        row.getObject("lane_id", UUID.class),
                        row.getObject("partner_id", UUID.class)),
                row.getLong("lease_token"));
    }
}
