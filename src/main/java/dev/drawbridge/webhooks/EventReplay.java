package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.webhooks.Event.Recorded;
import dev.drawbridge.webhooks.EventStore.DueReplay;
import dev.drawbridge.webhooks.EventStore.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Works replays off in batches, so that no transaction is long and other deliveries have their turn in between. */
@Component
class EventReplay {

    private static final int REPLAYS_MAX = 20;
    private static final int EVENTS_MAX = 100;

    /** Transactions are short; behind one that is not, new replays wait for the next look. */
    private static final Duration OTHERS_END_WITHIN = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final EventStore events;
    private final SubscriptionStore subscriptions;
    private final EventDispatch dispatch;

    EventReplay(Transactions transactions, EventStore events, SubscriptionStore subscriptions, EventDispatch dispatch) {
        this.transactions = transactions;
        this.events = events;
        this.subscriptions = subscriptions;
        this.dispatch = dispatch;
    }

    /**
     * Those with work left. A new one is among them once everybody has ended who may have found its webhook disabled:
     * such an event is dated to the beginning of its transaction, and nobody would ever tell it if the replay had gone
     * past that time before it was committed. Not within a transaction.
     */
    List<DueReplay> due() {
        List<DueReplay> due = transactions.acrossCompanies(() -> events.dueReplays(REPLAYS_MAX));
        boolean othersEnded = due.stream().allMatch(DueReplay::begun) || transactions.awaitEarlier(OTHERS_END_WITHIN);
        return othersEnded ? due : due.stream().filter(DueReplay::begun).toList();
    }

    /** The next batch of one replay; the last one ends it, and so does a subscription that wants nothing any more. */
    void goOn(DueReplay due) {
        transactions.inCompany(due.company(), transaction -> {
            Optional<Replay> held = events.lockReplay(transaction, due.subscription());
            held.ifPresent(replay -> {
                Optional<Subscription> subscription = subscriptions
                        .find(transaction, replay.subscription())
                        .filter(found -> found.state() == Subscription.State.ACTIVE);
                List<Recorded> batch = subscription
                        .map(found ->
                                events.since(transaction, replay, found.wanted().interest(), EVENTS_MAX))
                        .orElse(List.of());
                subscription.ifPresent(found -> dispatch.replay(transaction, found, batch));
                if (batch.size() == EVENTS_MAX) {
                    events.goOnReplaying(transaction, replay.after(batch.getLast()));
                } else {
                    events.endReplay(transaction, replay.subscription());
                }
            });
            return held;
        });
    }
}
