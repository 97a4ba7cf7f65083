package dev.drawbridge.orders;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import org.springframework.stereotype.Component;

/** An operator asks for an order to be issued now: one that waits, or one in Error once more. */
@Component
class OrderProcessing {

    private final Transactions transactions;
    private final CompanySnapshots snapshots;
    private final OrderAccess access;
    private final OrderStore orders;
    private final OrderQueue queue;

    OrderProcessing(
            Transactions transactions,
            CompanySnapshots snapshots,
            OrderAccess access,
            OrderStore orders,
            OrderQueue queue) {
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.access = access;
        this.orders = orders;
        this.queue = queue;
    }

    /**
     * Claims the order for this call.
     *
     * @throws Problem {@code resource_not_found}, {@code order_in_flight}, {@code order_not_processable}
     */
    Claim claim(Caller caller, CompanyId company, OrderId id) {
        return transactions.inCompany(company, transaction -> {
            Order order = access.lock(transaction, caller, id);
            order.status().refusal(OrderStatus.Action.PROCESS).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            return order.status() == OrderStatus.ERROR
                    ? again(transaction, order)
                    : queue.claim(transaction, id).orElseThrow(() -> new Problem(OrderProblem.ORDER_IN_FLIGHT));
        });
    }

    private Claim again(CompanyTransaction transaction, Order order) {
        orders.resubmit(transaction, order);
        CompanySnapshot company = snapshots.of(transaction);
        long assets = order.lines().stream()
                .flatMap(line -> company.catalog().item(line.itemNumber()).stream()
                        .map(item -> company.sizeOf(item, line.quantity())))
                .reduce(OrderSize.NONE, OrderSize::plus)
                .assets();
        return queue.enqueue(
                transaction, order.resubmitted(order.terms()), Math.toIntExact(assets), OrderQueue.Mode.SYNCHRONOUS);
    }
}
