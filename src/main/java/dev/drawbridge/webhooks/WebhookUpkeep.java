package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.webhooks.Delivery.State;
import dev.drawbridge.webhooks.UpkeepStore.Measures;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Removes what is older than it is kept, in batches, and measures what the operator watches. Each company has its turn
 * once an hour, on one of the nodes.
 */
@Component
class WebhookUpkeep {

    static final Duration DELIVERIES_KEPT = Duration.ofDays(30);
    static final Duration DEAD_KEPT = Duration.ofDays(90);

    /** As long as a delivery of them may be dead, so that it can be replayed. */
    static final Duration EVENTS_KEPT = DEAD_KEPT;

    static final Duration PAUSE = Duration.ofHours(1);
    static final int COMPANIES_MAX = 20;

    private static final Duration FAILURES_KEPT = Duration.ofDays(7);
    private static final int REMOVED_AT_ONCE_MAX = 1_000;

    private final Transactions transactions;
    private final Companies companies;
    private final UpkeepStore store;
    private final WebhookMetrics metrics;

    WebhookUpkeep(Transactions transactions, Companies companies, UpkeepStore store, WebhookMetrics metrics) {
        this.transactions = transactions;
        this.companies = companies;
        this.store = store;
        this.metrics = metrics;
    }

    /** The companies whose turn it is: this node's now, and nobody's again for a while. */
    List<CompanyId> claimDue() {
        List<CompanyId> all = companies.all();
        return transactions.acrossCompanies(() -> {
            store.add(all);
            return store.claimDue(PAUSE, COMPANIES_MAX);
        });
    }

    /** A batch of each kind; true where there may be more, and then the company's turn comes again at once. */
    boolean purge(CompanyId company) {
        int removed = IntStream.of(
                        transactions.inCompany(
                                company,
                                transaction -> store.purgeDeliveries(
                                        transaction, State.DELIVERED, DELIVERIES_KEPT, REMOVED_AT_ONCE_MAX)),
                        transactions.inCompany(
                                company,
                                transaction ->
                                        store.purgeDeliveries(transaction, State.DEAD, DEAD_KEPT, REMOVED_AT_ONCE_MAX)),
                        transactions.inCompany(
                                company, transaction -> store.purgeOfDeleted(transaction, REMOVED_AT_ONCE_MAX)),
                        transactions.inCompany(
                                company,
                                transaction -> store.purgeEvents(transaction, EVENTS_KEPT, REMOVED_AT_ONCE_MAX)))
                .max()
                .orElseThrow();
        boolean more = removed == REMOVED_AT_ONCE_MAX;
        transactions.inCompany(company, transaction -> {
            store.forgetOldSecrets(transaction);
            store.removeDeleted(transaction);
            store.countDisabled(transaction);
            if (more) {
                store.soon(transaction);
            }
            store.forgetFailures(transaction, FAILURES_KEPT);
            return company;
        });
        return more;
    }

    void measure() {
        Measures measures = transactions.acrossCompanies(store::measures);
        metrics.measured(measures.longestWait(), measures.disabledByServer());
    }
}
