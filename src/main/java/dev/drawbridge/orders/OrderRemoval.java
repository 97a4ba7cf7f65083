package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.webhooks.Events;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ends an order whose row the transaction has locked: voids what it was issued, gives its capacity back, tells it. */
@Component
class OrderRemoval {

    private final OrderStore orders;
    private final Reservations reservations;
    private final OrderAssets assets;
    private final Events events;

    OrderRemoval(OrderStore orders, Reservations reservations, OrderAssets assets, Events events) {
        this.orders = orders;
        this.reservations = reservations;
        this.assets = assets;
        this.events = events;
    }

    /** A Draft or an order in Error: its row goes, a tombstone stays in the change feed. */
    Order remove(CompanyTransaction transaction, Order order) {
        empty(transaction, order);
        orders.delete(transaction, order);
        return told(transaction, order.cancelled());
    }

    /** An Issued order: its row stays, as Cancelled. */
    Order cancel(CompanyTransaction transaction, Order order) {
        empty(transaction, order);
        orders.cancel(transaction, order);
        return told(transaction, order.cancelled());
    }

    private void empty(CompanyTransaction transaction, Order order) {
        reservations.giveBack(transaction, order.id());
        assets.voidAll(transaction, order.id());
    }

    private Order told(CompanyTransaction transaction, Order cancelled) {
        events.record(transaction, List.of(OrderEvents.cancelled(cancelled)));
        return cancelled;
    }
}
