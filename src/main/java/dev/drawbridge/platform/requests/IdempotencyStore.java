package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table platform.idempotent_requests: what was answered to requests that may come again. */
@Component
class IdempotencyStore {

    /** @param company the nil UUID for requests that may create their company */
    record Key(CompanyId company, UUID apiKey, String key, byte[] requestHash) {}

    /**
     * @param orderId the order that the first request accepted
     * @param status null while the final answer is still to come
     * @param running whether the first request may still be running
     */
    record Kept(
            byte[] requestHash,
            @Nullable UUID orderId,
            @Nullable Integer status,
            String headers,
            byte @Nullable [] body,
            boolean running) {}

    /** What a setup of the largest size may take; after that it is done again, which does no harm. */
    private static final Duration WORK_MAX = Duration.ofMinutes(2);

    /** A call that issues inside itself answers after ten seconds, whatever it has by then. */
    private static final Duration LONG_WORK_MAX = Duration.ofSeconds(12);

    private final JdbcClient jdbc;

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether no other transaction works on this key now; holds it until the transaction ends. */
    boolean tryLock(Key key) {
        String name = key.company() + "/" + key.apiKey() + "/" + key.key();
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    Optional<Kept> find(CompanyTransaction transaction, Key key) {
        return jdbc.sql("""
                        select request_hash, order_id, status, headers, body,
                               coalesce(running_until > cast(:now as timestamptz), false) as running
                          from platform.idempotent_requests
                         where company_id = :company and api_key_id = :apiKey and idempotency_key = :key
                           and created_at > cast(:now as timestamptz) - interval '24 hours'
                        """)
                .param("company", key.company().value())
                .param("apiKey", key.apiKey())
                .param("key", key.key())
                .param("now", at(transaction))
                .query((row, number) -> kept(row))
                .optional();
    }

    /** Keeps a first answer, or that there is none yet; what is kept already stays unless it is older than 24 hours. */
    void keep(CompanyTransaction transaction, Key key, Kept first) {
        jdbc.sql("""
                        insert into platform.idempotent_requests as r
                               (company_id, api_key_id, idempotency_key, request_hash,
                                order_id, status, headers, body, running_until, created_at)
                        values (:company, :apiKey, :key, :hash,
                                :orderId, :status, cast(:headers as json), :body,
                                cast(:now as timestamptz) + :runningSeconds * interval '1 second', :now)
                        on conflict (company_id, api_key_id, idempotency_key) do update
                           set request_hash = excluded.request_hash, order_id = excluded.order_id,
                               status = excluded.status, headers = excluded.headers, body = excluded.body,
                               running_until = excluded.running_until, created_at = excluded.created_at
                         where r.created_at <= cast(:now as timestamptz) - interval '24 hours'
                            or (r.status is null and r.order_id is null)
                        """)
                .param("company", key.company().value())
                .param("apiKey", key.apiKey())
                .param("key", key.key())
                .param("hash", key.requestHash())
                .param("orderId", first.orderId())
                .param("status", first.status())
                .param("headers", first.headers())
                .param("body", first.body())
                .param("runningSeconds", (first.orderId() == null ? WORK_MAX : LONG_WORK_MAX).toSeconds())
                .param("now", at(transaction))
                .update();
    }

    /** Gives the final answer to a request that was begun; the first one to come stays. */
    void finish(Key key, Kept answer) {
        jdbc.sql("""
                        update platform.idempotent_requests
                           set status = :status, headers = cast(:headers as json), body = :body
                         where company_id = :company and api_key_id = :apiKey and idempotency_key = :key
                           and status is null
                        """)
                .param("company", key.company().value())
                .param("apiKey", key.apiKey())
                .param("key", key.key())
                .param("status", answer.status())
                .param("headers", answer.headers())
                .param("body", answer.body())
                .update();
    }

    /** The first request works no longer, without an answer: the next one may go on with the order at once. */
    void leave(Key key) {
        jdbc.sql("""
                        update platform.idempotent_requests
                           set running_until = null
                         where company_id = :company and api_key_id = :apiKey and idempotency_key = :key
                           and status is null and order_id is not null
                        """)
                .param("company", key.company().value())
                .param("apiKey", key.apiKey())
                .param("key", key.key())
                .update();
    }

    /** Forgets a request that was begun and failed in a way that may pass. */
    void forget(Key key) {
        jdbc.sql("""
                        delete from platform.idempotent_requests
                         where company_id = :company and api_key_id = :apiKey and idempotency_key = :key
                           and status is null and order_id is null
                        """)
                .param("company", key.company().value())
                .param("apiKey", key.apiKey())
                .param("key", key.key())
                .update();
    }

    /** @return how many were deleted, at most {@code max} */
    int purge(CompanyTransaction transaction, int max) {
        return jdbc.sql("""
                        delete from platform.idempotent_requests
                         where (company_id, api_key_id, idempotency_key) in (
                               select company_id, api_key_id, idempotency_key
                                 from platform.idempotent_requests
                                where company_id = :company
                                  and created_at <= cast(:now as timestamptz) - interval '24 hours'
                                order by created_at
                                limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("now", at(transaction))
                .param("max", max)
                .update();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getBytes("request_hash"),
                row.getObject("order_id", UUID.class),
                row.getObject("status", Integer.class),
                row.getString("headers"),
                row.getBytes("body"),
                row.getBoolean("running"));
    }

    private static OffsetDateTime at(CompanyTransaction transaction) {
        return transaction.now().atOffset(ZoneOffset.UTC);
    }
}
