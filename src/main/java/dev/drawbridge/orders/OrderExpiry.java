package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.webhooks.Events;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ends the holds of Drafts whose time is over: the Draft stays, its capacity is given back once. */
@Component
class OrderExpiry {

    private final Transactions transactions;
    private final OrderStore orders;
    private final HoldExpiryStore holds;
    private final Reservations reservations;
    private final Events events;

    OrderExpiry(
            Transactions transactions,
            OrderStore orders,
            HoldExpiryStore holds,
            Reservations reservations,
            Events events) {
        this.transactions = transactions;
        this.orders = orders;
        this.holds = holds;
        this.reservations = reservations;
        this.events = events;
    }

    List<HoldExpiryStore.Due> due(int max) {
        return transactions.acrossCompanies(() -> holds.due(max));
    }

    /** Looks again under the order's lock: since it was found due, the order may have been confirmed or replaced. */
    void expire(HoldExpiryStore.Due due) {
        transactions.inCompany(due.company(), transaction -> orders.lock(transaction, due.order())
                .filter(order -> isOver(transaction, order))
                .map(order -> endHold(transaction, order)));
    }

    private static boolean isOver(CompanyTransaction transaction, Order order) {
        return order.status() == OrderStatus.DRAFT
                && order.state()
                        .holdExpiresAt()
                        .filter(until -> !until.isAfter(transaction.now()))
                        .isPresent();
    }

    private Order endHold(CompanyTransaction transaction, Order draft) {
        reservations.giveBack(transaction, draft.id());
        orders.endHold(transaction, draft);
        events.record(transaction, List.of(OrderEvents.holdExpired(draft.withoutHold())));
        return draft;
    }
}
