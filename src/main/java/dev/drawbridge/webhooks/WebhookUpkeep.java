package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Removes what is older than it is kept, in batches, and measures what the operator watches. */
@Component
class WebhookUpkeep {

    static final Duration DELIVERIES_KEPT = Duration.ofDays(30);
    static final Duration DEAD_KEPT = Duration.ofDays(90);

    /** As long as a delivery of them may be dead, so that it can be replayed. */
    static final Duration EVENTS_KEPT = DEAD_KEPT;

    private static final Duration FAILURES_KEPT = Duration.ofDays(7);
    private static final int REMOVED_AT_ONCE_MAX = 1_000;

    private final Transactions transactions;
    private final Companies companies;
    private final EventStore events;
    private final DeliveryPurgeStore deliveries;
    private final SubscriptionStore subscriptions;
    private final LaneStore lanes;
    private final WebhookMetrics metrics;

    WebhookUpkeep(
            Transactions transactions,
            Companies companies,
            EventStore events,
            DeliveryPurgeStore deliveries,
            SubscriptionStore subscriptions,
            LaneStore lanes,
            WebhookMetrics metrics) {
        this.transactions = transactions;
        this.companies = companies;
        this.events = events;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.lanes = lanes;
        this.metrics = metrics;
    }

    /** A batch of each company; true where there may be more. */
    boolean purge() {
        boolean more = false;
        for (CompanyId company : companies.all()) {
            more |= purge(company);
        }
        return more;
    }

    private boolean purge(CompanyId company) {
        int told = transactions.inCompany(
                company, transaction -> deliveries.purge(transaction, DELIVERIES_KEPT, DEAD_KEPT, REMOVED_AT_ONCE_MAX));
        int ofDeleted = transactions.inCompany(
                company, transaction -> deliveries.purgeOfDeleted(transaction, REMOVED_AT_ONCE_MAX));
        int happened = transactions.inCompany(
                company, transaction -> events.purge(transaction, EVENTS_KEPT, REMOVED_AT_ONCE_MAX));
        transactions.inCompany(company, transaction -> {
            subscriptions.forgetOldSecrets(transaction);
            subscriptions.removeDeleted(transaction);
            lanes.forgetFailures(transaction, FAILURES_KEPT);
            return company;
        });
        return Math.max(told, Math.max(ofDeleted, happened)) == REMOVED_AT_ONCE_MAX;
    }

    void measure() {
        Duration longestWait = transactions.acrossCompanies(lanes::longestWait);
        int disabled = companies.all().stream()
                .mapToInt(company -> transactions.inCompany(company, subscriptions::countDisabledByServer))
                .sum();
        metrics.measured(longestWait, disabled);
    }
}
