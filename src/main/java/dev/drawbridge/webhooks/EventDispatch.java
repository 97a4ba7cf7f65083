package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.time.JobRunner;
import dev.drawbridge.webhooks.Delivery.New;
import dev.drawbridge.webhooks.Event.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts deliveries into their lanes, in the transaction that caused them; once it commits, this node sends them. */
@Component
class EventDispatch {

    private final SubscriptionStore subscriptions;
    private final Notifications notifications;
    private final DeliveryStore deliveries;
    private final LaneStore lanes;
    private final Transactions transactions;
    private final JobRunner runner;
    private final DeliveryJob job;

    EventDispatch(
            SubscriptionStore subscriptions,
            Notifications notifications,
            DeliveryStore deliveries,
            LaneStore lanes,
            Transactions transactions,
            JobRunner runner,
            DeliveryJob job) {
        this.subscriptions = subscriptions;
        this.notifications = notifications;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.transactions = transactions;
        this.runner = runner;
        this.job = job;
    }

    /** To everyone who is told of these events. */
    void toSubscribers(CompanyTransaction transaction, List<Recorded> events) {
        List<New> wanted = new ArrayList<>();
        Set<PartnerId> partners =
                events.stream().map(recorded -> recorded.event().partner()).collect(Collectors.toSet());
        for (Subscription subscription : subscriptions.active(transaction, partners)) {
            for (Recorded recorded : events) {
                if (subscription.wanted().interest().has(recorded.event())) {
                    wanted.add(notifications.of(transaction, subscription, recorded));
                }
            }
        }
        add(transaction, wanted, false);
    }

    /** At once: what was told is told again under the same id. */
    void replay(CompanyTransaction transaction, Subscription subscription, List<Recorded> events) {
        add(
                transaction,
                events.stream()
                        .map(recorded -> notifications.of(transaction, subscription, recorded))
                        .toList(),
                true);
    }

    /** One that was made before, at once. */
    void redeliver(CompanyTransaction transaction, Delivery delivery) {
        lanes.open(transaction, deliveries.lane(transaction, delivery.id()));
        deliveries.restart(transaction, delivery.id());
        wakeAfterCommit();
    }

    New ping(CompanyTransaction transaction, Subscription subscription) {
        New ping = notifications.ping(transaction, subscription);
        add(transaction, List.of(ping), true);
        return ping;
    }

    private void add(CompanyTransaction transaction, List<New> added, boolean atOnce) {
        if (!added.isEmpty()) {
            deliveries.add(transaction, added, atOnce);
            wakeAfterCommit();
        }
    }

    private void wakeAfterCommit() {
        transactions.afterCommit(() -> runner.wake(job));
    }
}
