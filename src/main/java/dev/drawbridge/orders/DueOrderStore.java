package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.TraceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL of what falls due, read across companies: orders to issue, the queue, and holds to end. A lease is a
 * {@code due_at} in the future; the database's clock decides.
 */
@Component
class DueOrderStore {

    private record Held(UUID companyId, UUID orderId, int generation, long leaseToken) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    DueOrderStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Inserts the job of an order that is submitted again; {@link OrderIndexStore} inserts those of new orders. */
    void insert(CompanyTransaction transaction, PartnerId partner, Claim job, Duration lease) {
        jdbc.sql("""
                        insert into orders.issuance_jobs (company_id, order_id, partner_id, generation, state, due_at,
                               lease_token, job_id, assets, traceparent)
                        values (:company, :order, :partner, :generation,
                                case when :token = 0 then 'waiting' else 'scheduled' end,
                                platform.now() + :leaseMillis * interval '1 millisecond', :token, :jobId, :assets,
                                :traceparent)
                        """)
                .param("company", transaction.company().value())
                .param("order", job.order().value())
                .param("partner", partner.value())
                .param("generation", job.generation())
                .param("leaseMillis", lease.toMillis())
                .param("token", job.leaseToken())
                .param("jobId", job.jobId())
                .param("assets", job.assets())
                .param("traceparent", job.trace().traceparent())
                .update();
    }

    /** The job of an order that waits or is being issued. */
    Optional<String> jobOf(CompanyTransaction transaction, OrderId order) {
        return jdbc.sql("select job_id from orders.issuance_jobs where company_id = :company and order_id = :order")
                .param("company", transaction.company().value())
                .param("order", order.value())
                .query(String.class)
                .optional();
    }

    /**
     * Claims due orders, of each company and partner with work the oldest, so that nobody's thousands keep another
     * waiting: the more of them have work, the less of it is each one's share. The recursive part jumps from one
     * partner to the next in the index instead of reading all that is due; chance decides who comes first when there
     * are more partners than one claim can serve.
     *
     * @return in the order of their being due, which the database's clock has said
     */
    List<Claimed> claimDue(int perPartnerMax, int max, Duration lease) {
        return jdbc.sql("""
                        with recursive sellers as (
                            (select company_id, partner_id from orders.issuance_jobs
                              order by company_id, partner_id limit 1)
                            union all
                            select next.company_id, next.partner_id
                              from sellers s
                             cross join lateral (
                                   select company_id, partner_id from orders.issuance_jobs
                                    where (company_id, partner_id) > (s.company_id, s.partner_id)
                                    order by company_id, partner_id limit 1) next),
                        ready as (
                            select s.company_id, s.partner_id from sellers s
                             where exists (select from orders.issuance_jobs j
                                            where j.company_id = s.company_id and j.partner_id = s.partner_id
                                              and j.due_at <= platform.now())),
                        due as (
                            select j.company_id, j.order_id, j.due_at, j.state
                              from (select company_id, partner_id from ready order by random()) s
                             cross join lateral (
                                   select company_id, order_id, due_at, state from orders.issuance_jobs
                                    where company_id = s.company_id and partner_id = s.partner_id
                                      and due_at <= platform.now()
                                    order by due_at, order_id
                                    limit least(:perPartner, greatest(1, :max / (select count(*) from ready)))
                                      for no key update skip locked) j
                             limit :max),
                        claimed as (
                            update orders.issuance_jobs j
                               set state = 'scheduled', lease_token = j.lease_token + 1,
                                   due_at = platform.now() + :leaseMillis * interval '1 millisecond'
                              from due
                             where j.company_id = due.company_id and j.order_id = due.order_id
                            returning j.company_id, j.order_id, j.generation, j.lease_token, j.attempts, j.job_id,
                                      j.assets, j.traceparent, due.due_at as was_due_at, due.state as was)
                        select company_id, order_id, generation, lease_token, attempts, job_id, assets, traceparent,
                               was <> 'waiting' as stolen
                          from claimed
                         order by was_due_at, order_id
                        """)
                .param("perPartner", perPartnerMax)
                .param("max", max)
                .param("leaseMillis", lease.toMillis())
                .query((row, number) -> new Claimed(claim(row, number), row.getBoolean("stolen")))
                .list();
    }

    /** Claims the job of one order that nobody has claimed yet, in the order's own transaction. */
    Optional<Claim> claimWaiting(CompanyTransaction transaction, OrderId order, Duration lease) {
        return jdbc.sql("""
                        update orders.issuance_jobs
                           set state = 'scheduled', lease_token = lease_token + 1,
                               due_at = platform.now() + :leaseMillis * interval '1 millisecond'
                         where company_id = :company and order_id = :order and state = 'waiting' and lease_token = 0
                        returning company_id, order_id, generation, lease_token, attempts, job_id, assets, traceparent
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("leaseMillis", lease.toMillis())
                .query(DueOrderStore::claim)
                .optional();
    }

    /** Begins a try: shows the orders as Processing under a new lease; answers the claims that are still held. */
    List<Claim> startProcessing(List<Claim> claims, Duration lease) {
        return jdbc.sql("""
                        update orders.issuance_jobs j
                           set state = 'processing', attempts = j.attempts + 1,
                               due_at = platform.now() + :leaseMillis * interval '1 millisecond'
                          from (select * from json_to_recordset(:claims::json)
                                    as c (company_id uuid, order_id uuid, generation integer, lease_token bigint)
                                 limit :count) c
                         where j.company_id = c.company_id and j.order_id = c.order_id
                           and j.generation = c.generation and j.lease_token = c.lease_token
                        returning j.company_id, j.order_id, j.generation, j.lease_token, j.attempts, j.job_id, j.assets,
                                  j.traceparent
                        """)
                .param("claims", rows.of(held(claims)))
                .param("count", claims.size())
                .param("leaseMillis", lease.toMillis())
                .query(DueOrderStore::claim)
                .list();
    }

    /** The fence: locks the jobs that are still held under these tokens; whoever is not answered has lost its lease. */
    List<Claim> lockHeld(CompanyTransaction transaction, List<Claim> claims) {
        return jdbc.sql("""
                        select j.company_id, j.order_id, j.generation, j.lease_token, j.attempts, j.job_id, j.assets,
                               j.traceparent
                          from orders.issuance_jobs j
                          join (select * from json_to_recordset(:claims::json)
                                    as c (company_id uuid, order_id uuid, generation integer, lease_token bigint)
                                 limit :count) c
                            on j.order_id = c.order_id and j.generation = c.generation
                           and j.lease_token = c.lease_token
                         where j.company_id = :company
                         order by j.order_id
                           for no key update of j
                        """)
                .param("company", transaction.company().value())
                .param("claims", rows.of(held(claims)))
                .param("count", claims.size())
                .query(DueOrderStore::claim)
                .list();
    }

    /** Puts a claim back, due after the delay; does nothing where the lease was lost or the order has settled. */
    void putBack(Claim claim, Duration delay) {
        jdbc.sql("""
                        update orders.issuance_jobs
                           set state = 'waiting', due_at = platform.now() + :delayMillis * interval '1 millisecond'
                         where company_id = :company and order_id = :order and generation = :generation
                           and lease_token = :token
                        """)
                .param("company", claim.company().value())
                .param("order", claim.order().value())
                .param("generation", claim.generation())
                .param("token", claim.leaseToken())
                .param("delayMillis", delay.toMillis())
                .update();
    }

    private static List<Held> held(List<Claim> claims) {
        return claims.stream()
                .map(claim -> new Held(
                        claim.company().value(), claim.order().value(), claim.generation(), claim.leaseToken()))
                .toList();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                new CompanyId(row.getObject("company_id", UUID.class)),
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getInt("generation"),
                row.getLong("lease_token"),
                row.getInt("attempts"),
                row.getString("job_id"),
                row.getInt("assets"),
                TraceContext.of(row.getString("traceparent")));
    }

    /**
     * The right to issue one order, for as long as the lease lasts and nobody else has claimed it since.
     *
     * @param leaseToken grows with every claim; who settles must still have the last one
     * @param attempts tries so far, the one that has begun included
     * @param assets tickets and coupons to issue
     * @param trace of the request that asked for it
     */
    record Claim(
            CompanyId company,
            OrderId order,
            int generation,
            long leaseToken,
            int attempts,
            String jobId,
            int assets,
            TraceContext trace) {}

    /** @param stolen whether somebody's lease had ended over it */
    record Claimed(Claim claim, boolean stolen) {}

    record DueExpiry(CompanyId company, OrderId order) {}

    /**
     * What waits, over all companies; by status as the view {@code orders.order_status} shows it.
     *
     * @param ready orders that are due, so that any worker may claim them
     * @param oldestReadySeconds how long the oldest of these has been due
     */
    record Backlog(
            long submitted, long scheduled, long processing, long ready, double oldestReadySeconds, long holds) {}

    Backlog backlog() {
        return jdbc.sql("""
                        select count(*) filter (where state = 'waiting' and lease_token = 0) as submitted,
                               count(*) filter (where state = 'scheduled' or state = 'waiting' and lease_token > 0)
                                   as scheduled,
                               count(*) filter (where state = 'processing') as processing,
                               count(*) filter (where due_at <= platform.now()) as ready,
                               coalesce(extract(epoch from platform.now() - min(due_at)
                                   filter (where due_at <= platform.now())), 0) as oldest_ready_seconds,
                               (select count(*) from orders.hold_expiries) as holds
                          from orders.issuance_jobs
                        """)
                .query((row, number) -> new Backlog(
                        row.getLong("submitted"),
                        row.getLong("scheduled"),
                        row.getLong("processing"),
                        row.getLong("ready"),
                        row.getDouble("oldest_ready_seconds"),
                        row.getLong("holds")))
                .single();
    }

    /**
     * Holds whose end has come, in no order, so that those that cannot be ended do not stand before the others.
     * {@link OrderStore} writes when that is, in the statement that changes the order.
     */
    List<DueExpiry> dueExpiries(int max) {
        return jdbc.sql("""
                        select company_id, order_id from orders.hold_expiries
                         where due_at <= platform.now()
                         order by random() limit :max
                        """)
                .param("max", max)
                .query((row, number) -> new DueExpiry(
                        new CompanyId(row.getObject("company_id", UUID.class)),
                        new OrderId(row.getObject("order_id", UUID.class))))
                .list();
    }

    /** Locks the order of a hold that is due; false where another transaction has it, or it is no more. */
    boolean lockUnlessBusy(CompanyTransaction transaction, OrderId order) {
        return jdbc.sql("""
                        select order_id from orders.orders
                         where company_id = :company and order_id = :order
                           for no key update skip locked
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .query((row, number) -> true)
                .optional()
                .isPresent();
    }
}
