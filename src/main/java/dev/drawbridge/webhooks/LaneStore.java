package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
     * @param begun attempts of the first delivery that are not recorded: this one, and those whose node died
     */
    record Claim(CompanyId company, Lane lane, long leaseToken, int begun) {

        /** Whether somebody's lease had ended over the lane. */
        boolean stolen() {
            return begun > 1;
        }

        /** Of the delivery that comes first once the one before it is dead. */
        Claim ofNext() {
            return new Claim(company, lane, leaseToken, 1);
        }
    }

    /**
     * How many may be under way at once to one endpoint.
     *
     * @param failing to one that has failed {@code failures} times since its last success
     */
    record Caps(int healthy, int failing, int failures) {}

    /**
     * The recursive part jumps from one partner of an endpoint to the next in the index instead of reading all that
     * waits, and what it finds first says when something there is due; of an endpoint, no more partners are looked at
     * than it has room for, who waits longest first.
     */
    private static final String CLAIM_DUE = """
            with recursive senders as (
                (select company_id, endpoint_id, partner_id, due_at from webhooks.lanes
                  order by company_id, endpoint_id, partner_id, due_at limit 1)
                union all
                select next.company_id, next.endpoint_id, next.partner_id, next.due_at
                  from senders s
                 cross join lateral (
                       select company_id, endpoint_id, partner_id, due_at from webhooks.lanes
                        where (company_id, endpoint_id, partner_id)
                              > (s.company_id, s.endpoint_id, s.partner_id)
                        order by company_id, endpoint_id, partner_id, due_at limit 1) next),
            clock as materialized (select platform.now() as now),
            waiting as (
                select s.company_id, s.endpoint_id, s.partner_id,
                       row_number() over (partition by s.company_id, s.endpoint_id
                                          order by s.due_at, s.partner_id) as place
                  from senders s cross join clock
                 where s.due_at <= clock.now),
            endpoints as (
                select e.company_id, e.endpoint_id,
                       case when f.failures >= :failures then :failing else :healthy end
                       - (select count(*) from webhooks.lanes l
                           where l.company_id = e.company_id and l.endpoint_id = e.endpoint_id
                             and l.sending and l.due_at > clock.now) as room
                  from waiting e
                 cross join clock
                  left join webhooks.failing_endpoints f
                    on f.company_id = e.company_id and f.endpoint_id = e.endpoint_id
                 where e.place = 1 and (f.paused_until is null or f.paused_until <= clock.now)),
            served as (
                select w.company_id, w.endpoint_id, w.partner_id, e.room
                  from endpoints e
                  join waiting w on w.company_id = e.company_id and w.endpoint_id = e.endpoint_id
                 where w.place <= e.room
                 order by w.place, random()
                 limit :max),
            due as (
                select s.company_id, s.endpoint_id, d.lane_id, s.room,
                       row_number() over (partition by s.company_id, s.endpoint_id
                                          order by d.place, s.partner_id) as turn
                  from served s
                 cross join clock
                 cross join lateral (
                       select oldest.lane_id, row_number() over (order by oldest.due_at) as place
                         from (select lane_id, due_at from webhooks.lanes
                                where company_id = s.company_id and endpoint_id = s.endpoint_id
                                  and partner_id = s.partner_id and due_at <= clock.now
                                order by due_at
                                limit least(s.room, :max)
                                  for no key update skip locked) oldest) d),
            chosen as (
                select company_id, endpoint_id, lane_id from due
                 where turn <= room
                 order by turn, random()
                 limit :max)
            update webhooks.lanes l
               set sending = true, lease_token = nextval('webhooks.lease_tokens'), begun = l.begun + 1,
                   grown = false, due_at = clock.now + :leaseMillis * interval '1 millisecond'
              from chosen c cross join clock
             where l.company_id = c.company_id and l.endpoint_id = c.endpoint_id and l.lane_id = c.lane_id
            returning l.company_id, l.endpoint_id, l.lane_id, l.partner_id, l.lease_token, l.begun
            """;

    private final JdbcClient jdbc;

    LaneStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes or locks the lane of a delivery that is about to be pending again, and has its turn come at once; see
     * {@link DeliveryStore#add}.
     */
    void open(CompanyTransaction transaction, Lane lane) {
        jdbc.sql("""
                        insert into webhooks.lanes as l (company_id, endpoint_id, lane_id, partner_id, due_at,
                               waiting_since)
                        values (:company, :endpoint, :lane, :partner, :now, :now)
                        on conflict (company_id, endpoint_id, lane_id) do update
                           set grown = true,
                               due_at = case when l.sending then l.due_at else least(l.due_at, excluded.due_at) end
                        """)
                .param("company", transaction.company().value())
                .param("endpoint", lane.endpoint())
                .param("lane", lane.lane())
                .param("partner", lane.partner())
                .param("now", now(transaction))
                .update();
    }

    /**
     * Only one transaction claims at a time: two that count at the same moment what is under way would both use the
     * room that is left. A statement of its own before the claim, so that the claim sees what was claimed before it.
     *
     * @return false where another node is claiming
     */
    boolean tryLockClaims() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('webhooks.lanes', 0))")
                .query(Boolean.class)
                .single();
    }

    /**
     * Claims due lanes: of each endpoint as many as it may have under way, and of those its partners in turn; counts
     * the attempt. Chance decides who comes first when there are more than one claim can serve.
     */
    List<Claim> claimDue(int max, Caps caps, Duration lease) {
        return jdbc.sql(CLAIM_DUE)
                .param("max", max)
                .param("healthy", caps.healthy())
                .param("failing", caps.failing())
                .param("failures", caps.failures())
                .param("leaseMillis", lease.toMillis())
                .query((row, number) -> claim(row))
                .list();
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
                .param("now", now(transaction))
                .update();
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
                .query((row, number) -> row.getObject("delivery_id", UUID.class))
                .list();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                new CompanyId(row.getObject("company_id", UUID.class)),
                new Lane(
                        row.getObject("endpoint_id", UUID.class),
                        row.getObject("lane_id", UUID.class),
                        row.getObject("partner_id", UUID.class)),
                row.getLong("lease_token"),
                row.getInt("begun"));
    }

    private static OffsetDateTime now(CompanyTransaction transaction) {
        return transaction.now().atOffset(ZoneOffset.UTC);
    }
}
