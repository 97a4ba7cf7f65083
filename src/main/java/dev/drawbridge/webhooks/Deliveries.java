package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.webhooks.DeliveryStore.Position;
import dev.drawbridge.webhooks.EventStore.Replay;
import dev.drawbridge.webhooks.WebhookBody.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What was told to whom, and telling it again. */
@Component
class Deliveries {

    private static final Map<String, String> SOON = Map.of("Retry-After", "5");

    private final Transactions transactions;
    private final Subscriptions subscriptions;
    private final DeliveryStore store;
    private final EventStore events;
    private final EventDispatch dispatch;
    private final AuditLog audit;

    Deliveries(
            Transactions transactions,
            Subscriptions subscriptions,
            DeliveryStore store,
            EventStore events,
            EventDispatch dispatch,
            AuditLog audit) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.store = store;
        this.events = events;
        this.dispatch = dispatch;
        this.audit = audit;
    }

    /** Newest first. */
    List<Delivery> list(Caller caller, CompanyId company, UUID subscription, Optional<Position> after, int max) {
        return transactions.inCompany(company, transaction -> {
            subscriptions.find(transaction, caller, subscription);
            return store.list(transaction, subscription, after, max);
        });
    }

    /** @throws Problem {@code resource_not_found}, {@code partner_inactive}, {@code webhook_disabled} */
    Delivery ping(Caller caller, CompanyId company, UUID subscription) {
        return transactions.inCompany(company, transaction -> {
            Subscription active = subscriptions.findActive(transaction, caller, subscription);
            return find(transaction, dispatch.ping(transaction, active).id());
        });
    }

    /** One delivery again, whatever became of it; @throws Problem as {@link #ping} */
    Delivery redeliver(Caller caller, CompanyId company, UUID id) {
        return transactions.inCompany(company, transaction -> {
            Delivery delivery = find(transaction, id);
            subscriptions.findActive(transaction, caller, delivery.subscription());
            dispatch.redeliver(transaction, delivery);
            audit.record(transaction, caller, "webhook_redelivered", id.toString(), Map.of());
            return find(transaction, id);
        });
    }

    /** The events of a time again, in the background; @throws Problem as {@link #ping}, {@code replay_in_progress} */
    Replay replay(Caller caller, CompanyId company, UUID subscription, Supplier<Period> body) {
        return transactions.inCompany(company, transaction -> {
            subscriptions.find(transaction, caller, subscription);
            Period period = body.get().asOf(transaction.now());
            subscriptions.findActive(transaction, caller, subscription);
            Replay replay = Replay.of(RowIds.next(), subscription, period.from(), period.until());
            if (!events.startReplay(transaction, replay)) {
                throw new Problem(WebhookProblem.REPLAY_IN_PROGRESS, SOON);
            }
            audit.record(
                    transaction,
                    caller,
                    "webhook_replayed",
                    subscription.toString(),
                    Map.of(
                            "from",
                            period.from().toString(),
                            "until",
                            period.until().toString()));
            return replay;
        });
    }

    private Delivery find(CompanyTransaction transaction, UUID id) {
        return store.find(transaction, id).orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }
}
