package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.webhooks.Events;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ends the holds of Drafts whose time is over: the Draft stays, its capacity is given back once. */
@Component
class OrderExpiry {

    private final Transactions transactions;
    private final OrderStore orders;
    private final DueOrderStore holds;
    private final Reservations reservations;
    private final Events events;
    private final Counter expired;

    OrderExpiry(
            Transactions transactions,
            OrderStore orders,
            DueOrderStore holds,
            Reservations reservations,
            Events events,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.orders = orders;
        this.holds = holds;
        this.reservations = reservations;
        this.events = events;
        this.expired = meters.counter("ocm.holds.expired");
    }

    List<DueOrderStore.DueExpiry> due(int max) {
        List<DueOrderStore.DueExpiry> due = transactions.acrossCompanies(() -> holds.dueExpiries(max));
        FaultPoint.hit("after-hold-expire-select");
        return due;
    }

    /**
     * Looks again under the order's lock: since it was found due, the order may have been confirmed or replaced. One
     * that somebody has locked is left for the next look: who does may stand still, and the others must not wait.
     */
    void expire(DueOrderStore.DueExpiry due) {
        transactions
                .inCompany(due.company(), transaction -> locked(transaction, due)
                        .filter(order -> order.holdIsOver(transaction.now()))
                        .map(order -> endHold(transaction, order)))
                .ifPresent(_ -> expired.increment());
    }

    private Optional<Order> locked(CompanyTransaction transaction, DueOrderStore.DueExpiry due) {
        return holds.lockUnlessBusy(transaction, due.order())
                ? orders.find(transaction, due.order())
                : Optional.empty();
    }

    private Order endHold(CompanyTransaction transaction, Order draft) {
        reservations.giveBack(transaction, draft.id());
        orders.endHold(transaction, draft);
        events.record(transaction, List.of(draft.withoutHold().holdExpiredEvent(TraceContext.current())));
        FaultPoint.hit("before-hold-release-commit");
        return draft;
    }
}
