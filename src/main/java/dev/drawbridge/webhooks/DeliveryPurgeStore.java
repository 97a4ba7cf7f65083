package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of removing deliveries that nobody needs any more, in batches. */
@Component
class DeliveryPurgeStore {

    private final JdbcClient jdbc;

    DeliveryPurgeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Deletes some that settled longer ago than they are kept; answers how many. */
    int purge(CompanyTransaction transaction, Duration kept, Duration deadKept, int max) {
        return jdbc.sql("""
                        delete from webhooks.deliveries
                         where company_id = :company and delivery_id in (
                               select delivery_id from webhooks.deliveries
                                where company_id = :company and state <> 'pending'
                                  and settled_at < :before::timestamptz
                                  and (state = 'delivered' or settled_at < :deadBefore::timestamptz)
                                order by settled_at
                                limit :max)
                        """)
                .param("company", transaction.company().value())
                .param("before", transaction.now().minus(kept).toString())
                .param("deadBefore", transaction.now().minus(deadKept).toString())
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
}
