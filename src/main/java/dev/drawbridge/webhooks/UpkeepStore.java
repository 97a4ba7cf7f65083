package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.webhooks.Delivery.State;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of removing what nobody needs any more, in batches; whose turn it is is read across companies. */
@Component
class UpkeepStore {

    /** What the operator watches, over all companies. */
    record Measures(Duration longestWait, int disabledByServer) {}

    private final JdbcClient jdbc;

    UpkeepStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the companies that are new to it, whose turn it is at once. */
    void add(List<CompanyId> companies) {
        jdbc.sql("""
                        insert into webhooks.upkeeps (company_id, due_at)
                        select company_id, platform.now() from unnest(:companies) as company_id
                        on conflict (company_id) do nothing
                        """)
                .param("companies", companies.stream().map(CompanyId::value).toArray(UUID[]::new))
                .update();
    }

    /** The companies whose turn it is; none of them has another one on any node until this time is over. */
    List<CompanyId> claimDue(Duration pause, int max) {
        return jdbc.sql("""
                        update webhooks.upkeeps u
                           set due_at = platform.now() + :pauseMillis * interval '1 millisecond'
                          from (select company_id from webhooks.upkeeps
                                 where due_at <= platform.now()
                                 order by due_at limit :max
                                   for no key update skip locked) due
                         where u.company_id = due.company_id
                        returning u.company_id
                        """)
                .param("pauseMillis", pause.toMillis())
                .param("max", max)
                .query((row, number) -> new CompanyId(row.getObject("company_id", UUID.class)))
                .list();
    }

    /** Has the company's turn come at once: there is more to remove, or to count anew. */
    void soon(CompanyTransaction transaction) {
        jdbc.sql("update webhooks.upkeeps set due_at = :now where company_id = :company and due_at > :now")
                .param("company", transaction.company().value())
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Deletes deliveries that settled so longer ago than this; answers how many. */
    int purgeDeliveries(CompanyTransaction transaction, State state, Duration kept, int max) {
        return jdbc.sql("""
                        delete from webhooks.deliveries
                         where company_id = :company and delivery_id in (
                               select delivery_id from webhooks.deliveries
                                where company_id = :company and state <> 'pending' and state = :state
                                  and settled_at < :before
                                order by settled_at limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("state", state.word())
                .param("before", before(transaction, kept))
                .param("max", max)
                .update();
    }

    /** Deletes some of subscriptions that were deleted, but for those that are still to die; answers how many. */
    int purgeOfDeleted(CompanyTransaction transaction, int max) {
        return jdbc.sql("""
                        delete from webhooks.deliveries
                         where company_id = :company and delivery_id in (
                               select d.delivery_id from webhooks.subscriptions s
                                 join webhooks.deliveries d
                                   on d.company_id = s.company_id and d.subscription_id = s.subscription_id
                                where s.company_id = :company and s.deleted_at is not null and d.state <> 'pending'
                                limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("max", max)
                .update();
    }

    /** Deletes events that happened longer ago than this; answers how many. */
    int purgeEvents(CompanyTransaction transaction, Duration kept, int max) {
        return jdbc.sql("""
                        delete from webhooks.events
                         where company_id = :company and event_id in (
                               select event_id from webhooks.events
                                where company_id = :company and occurred_at < :before
                                order by occurred_at limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("before", before(transaction, kept))
                .param("max", max)
                .update();
    }

    void forgetOldSecrets(CompanyTransaction transaction) {
        jdbc.sql("""
                        update webhooks.subscriptions set old_secret = null, old_secret_until = null
                         where company_id = :company and old_secret_until <= :now
                        """)
                .param("company", transaction.company().value())
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Removes subscriptions that were deleted and have no deliveries left. */
    void removeDeleted(CompanyTransaction transaction) {
        jdbc.sql("""
                        delete from webhooks.subscriptions s
                         where s.company_id = :company and s.deleted_at is not null
                           and not exists (select from webhooks.deliveries d
                                            where d.company_id = s.company_id and d.subscription_id = s.subscription_id)
                           and not exists (select from webhooks.replays r
                                            where r.company_id = s.company_id and r.subscription_id = s.subscription_id)
                        """).param("company", transaction.company().value()).update();
    }

    /** Notes how many subscriptions the server has disabled: row-level security lets nobody count all companies'. */
    void countDisabled(CompanyTransaction transaction) {
        jdbc.sql("""
                        update webhooks.upkeeps
                           set disabled_by_server = (select count(*) from webhooks.subscriptions
                                                      where company_id = :company and deleted_at is null
                                                        and disabled_reason in ('gone', 'no_success'))
                         where company_id = :company
                        """).param("company", transaction.company().value()).update();
    }

    void forgetFailures(CompanyTransaction transaction, Duration age) {
        jdbc.sql("delete from webhooks.failing_endpoints where company_id = :company and failed_at < :before")
                .param("company", transaction.company().value())
                .param("before", before(transaction, age))
                .update();
    }

    /** How long the oldest delivery that is pending has waited, zero when there is none; what was counted disabled. */
    Measures measures() {
        return jdbc.sql("""
                        select (select coalesce(greatest(0, extract(epoch from platform.now() - min(waiting_since))), 0)
                                  from webhooks.lanes) as longest_wait,
                               (select coalesce(sum(disabled_by_server), 0) from webhooks.upkeeps) as disabled
                        """)
                .query((row, number) -> new Measures(
                        Duration.ofMillis(Math.round(row.getDouble("longest_wait") * 1_000)), row.getInt("disabled")))
                .single();
    }

    private static OffsetDateTime before(CompanyTransaction transaction, Duration age) {
        return transaction.now().minus(age).atOffset(ZoneOffset.UTC);
    }
}
