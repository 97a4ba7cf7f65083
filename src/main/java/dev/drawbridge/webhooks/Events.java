package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.List;
import org.springframework.stereotype.Component;

/** Records events in the transaction that caused them: a change without its event, or the reverse, cannot be stored. */
@Component
public class Events {

    private final EventStore store;

    Events(EventStore store) {
        this.store = store;
    }

    public void record(CompanyTransaction transaction, List<Event> events) {
        if (!events.isEmpty()) {
            store.insert(transaction, events);
        }
    }
}
