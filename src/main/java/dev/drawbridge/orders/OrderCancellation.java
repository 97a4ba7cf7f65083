package dev.drawbridge.orders;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import org.springframework.stereotype.Component;

/** Cancels orders: DELETE in the API. */
@Component
class OrderCancellation {

    private final Transactions transactions;
    private final OrderAccess access;
    private final OrderRemoval removal;
    private final OrderAssets assets;

    OrderCancellation(Transactions transactions, OrderAccess access, OrderRemoval removal, OrderAssets assets) {
        this.transactions = transactions;
        this.access = access;
        this.removal = removal;
        this.assets = assets;
    }

    /**
     * Answers the order in its final state; a cancelled one unchanged.
     *
     * @param force an operator's: cancels although guests have come in or coupons were redeemed; audited
     * @throws Problem {@code resource_not_found}, {@code order_in_flight}, {@code tickets_already_used},
     *     {@code coupons_already_used}
     */
    Order cancel(Caller caller, CompanyId company, OrderId id, boolean force) {
        return transactions.inCompany(company, transaction -> {
            Order order = access.lock(transaction, caller, id);
            order.status().refusal(OrderStatus.Action.CANCEL).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            return switch (order.status()) {
                case CANCELLED -> order;
                case ISSUED -> {
                    requireUnused(transaction, caller, order, force);
                    yield removal.cancel(transaction, order);
                }
                case DRAFT, ERROR -> removal.remove(transaction, order);
                case SUBMITTED, SCHEDULED, PROCESSING ->
                    throw new IllegalStateException("An order in flight is refused above: " + id);
            };
        });
    }

    private void requireUnused(CompanyTransaction transaction, Caller caller, Order order, boolean force) {
        boolean admitted = assets.anyAdmitted(transaction, order.id());
        boolean redeemed = assets.anyRedeemed(transaction, order.id());
        if (force && (admitted || redeemed)) {
            access.auditForce(transaction, caller, order);
        } else if (admitted) {
            throw new Problem(OrderProblem.TICKETS_ALREADY_USED);
        } else if (redeemed) {
            throw new Problem(OrderProblem.COUPONS_ALREADY_USED);
        }
    }
}
