package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.webhooks.Event.Recorded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Records events, and the deliveries to whoever subscribed to them, in the transaction that caused them: a change
 * without its event, or the reverse, cannot be stored.
 */
@Component
public class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final EventStore store;
    private final EventDispatch dispatch;
    private final LaneStore lanes;
    private final Transactions transactions;

    Events(EventStore store, EventDispatch dispatch, LaneStore lanes, Transactions transactions) {
        this.store = store;
        this.dispatch = dispatch;
        this.lanes = lanes;
        this.transactions = transactions;
    }

    public void record(CompanyTransaction transaction, List<Event> events) {
        if (!events.isEmpty()) {
            List<Recorded> recorded = events.stream()
                    .map(event -> new Recorded(RowIds.next(), event, transaction.now()))
                    .toList();
            store.insert(transaction, recorded);
            dispatch.toSubscribers(transaction, recorded);
            transactions.afterCommit(
                    () -> events.forEach(event -> event.trace().during(() -> log(transaction, event))));
        }
    }

    /** The number of each order's last event; none of those whose events are not kept any more. */
    public Map<OrderId, Integer> lastSequences(CompanyTransaction transaction, Collection<OrderId> orders) {
        return store.lastSequences(transaction, orders);
    }

    /** Deliveries that would never be sent: there are none. */
    public List<UUID> stranded(CompanyTransaction transaction, int max) {
        return lanes.stranded(transaction, max);
    }

    /** The line of an order's life: whatever becomes of one is an event. */
    private static void log(CompanyTransaction transaction, Event event) {
        LOG.atInfo()
                .addKeyValue("company", transaction.company())
                .addKeyValue("partner", event.partner())
                .addKeyValue("orderId", event.order())
                .addKeyValue("event", event.name().word())
                .addKeyValue("sequence", event.sequence())
                .addKeyValue("status", event.payload().get("status"))
                .addKeyValue("statusCode", event.payload().get("statusCode"))
                .log("order_event");
    }
}
