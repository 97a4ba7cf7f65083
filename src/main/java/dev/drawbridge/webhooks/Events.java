package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.webhooks.Event.Recorded;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Records events, and the deliveries to whoever subscribed to them, in the transaction that caused them: a change
 * without its event, or the reverse, cannot be stored.
 */
@Component
public class Events {

    private final EventStore store;
    private final EventDispatch dispatch;

    Events(EventStore store, EventDispatch dispatch) {
        this.store = store;
        this.dispatch = dispatch;
    }

    public void record(CompanyTransaction transaction, List<Event> events) {
        if (!events.isEmpty()) {
            List<Recorded> recorded = events.stream()
                    .map(event -> new Recorded(RowIds.next(), event, transaction.now()))
                    .toList();
            store.insert(transaction, recorded);
            dispatch.toSubscribers(transaction, recorded);
        }
    }
}
