package dev.drawbridge.orders;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.platform.web.Violation;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.webhooks.Events;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Cancels orders: DELETE in the API. */
@Component
class OrderCancellation {

    private final Transactions transactions;
    private final OrderAccess access;
    private final OrderStore orders;
    private final Reservations reservations;
    private final OrderAssets assets;
    private final Events events;

    OrderCancellation(
            Transactions transactions,
            OrderAccess access,
            OrderStore orders,
            Reservations reservations,
            OrderAssets assets,
            Events events) {
        this.transactions = transactions;
        this.access = access;
        this.orders = orders;
        this.reservations = reservations;
        this.assets = assets;
        this.events = events;
    }

    /**
     * Answers the order in its final state; a cancelled one unchanged.
     *
     * @param force an operator's: cancels although guests have come in or coupons were redeemed; audited
     * @throws Problem {@code resource_not_found}, {@code order_in_flight}, {@code tickets_already_used},
     *     {@code coupons_already_used}
     */
    Order cancel(Caller caller, CompanyId company, OrderId id, boolean force) {
        Function<CompanyTransaction, Order> work = transaction -> {
            Order order = access.lock(transaction, caller, id);
            FaultPoint.hit("cancel-after-lock");
            order.status().refusal(OrderStatus.Action.CANCEL).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            if (order.status() == OrderStatus.CANCELLED) {
                return order;
            }
            if (force) {
                access.audit(transaction, caller, "order_cancelled_by_force", order);
            } else {
                requireUnused(transaction, order);
            }
            return order.status() == OrderStatus.ISSUED ? cancelIssued(transaction, order) : remove(transaction, order);
        };
        return transactions.inCompanyResolved(company, work, this::isCancelled);
    }

    private Optional<Boolean> isCancelled(CompanyTransaction transaction, Order cancelled) {
        return Optional.of(orders.find(transaction, cancelled.id())
                .filter(order -> order.status() != OrderStatus.CANCELLED)
                .isEmpty());
    }

    private void requireUnused(CompanyTransaction transaction, Order order) {
        if (assets.anyAdmitted(transaction, order.id())) {
            throw new Problem(OrderProblem.TICKETS_ALREADY_USED);
        }
        if (assets.anyRedeemed(transaction, order.id())) {
            throw new Problem(OrderProblem.COUPONS_ALREADY_USED);
        }
    }

    /** A Draft or an order in Error: its row goes, a tombstone stays in the change feed. */
    private Order remove(CompanyTransaction transaction, Order order) {
        empty(transaction, order);
        orders.delete(transaction, order);
        return told(transaction, order.cancelled());
    }

    /**
     * For when storing a new order wrote nothing. Where the reference exists, its order must be in Error, and goes;
     * where only the document number did, this does nothing, and the caller draws another. Only an order in Error is
     * locked, so that many who repeat an order do not queue.
     *
     * @throws Problem {@code duplicate_order}
     */
    void removeError(CompanyTransaction transaction, PartnerId partner, String reference) {
        Optional<Order> existing =
                orders.findByReference(transaction, partner, reference).flatMap(id -> orders.find(transaction, id));
        if (existing.filter(order -> order.status() == OrderStatus.ERROR).isPresent()) {
            existing = existing.flatMap(order -> orders.lock(transaction, order.id()));
        }
        if (existing.isEmpty()) {
            return;
        }
        requireError(existing.get());
        remove(transaction, existing.get());
    }

    private static void requireError(Order existing) {
        if (existing.status() != OrderStatus.ERROR) {
            throw new Problem(
                    OrderProblem.DUPLICATE_ORDER,
                    List.of(Violation.ofOrder(
                            "/sellToOrderReference",
                            OrderProblem.DUPLICATE_ORDER.code(),
                            OrderProblem.DUPLICATE_ORDER.message(),
                            existing.id().value())));
        }
    }

    /** An Issued order: its row stays, as Cancelled. */
    private Order cancelIssued(CompanyTransaction transaction, Order order) {
        empty(transaction, order);
        orders.cancel(transaction, order);
        return told(transaction, order.cancelled());
    }

    private void empty(CompanyTransaction transaction, Order order) {
        reservations.giveBack(transaction, order.id());
        assets.voidAll(transaction, order.id());
    }

    private Order told(CompanyTransaction transaction, Order cancelled) {
        events.record(transaction, List.of(cancelled.cancelledEvent(TraceContext.current())));
        return cancelled;
    }
}
