package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.Order.OrderRequest;
import dev.drawbridge.orders.OrderQueue.QueuedOrder;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.web.Problem;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Replaces what an order is about. The old wallets are void at once; the capacity that they hold stays taken until the
 * new ones are issued or refused, so that a partner never loses places to somebody else in between.
 */
@Component
class OrderReplacement {

    private final Transactions transactions;
    private final CompanySnapshots snapshots;
    private final OrderAccess access;
    private final OrderStore orders;
    private final OrderAssets assets;
    private final OrderQueue queue;

    OrderReplacement(
            Transactions transactions,
            CompanySnapshots snapshots,
            OrderAccess access,
            OrderStore orders,
            OrderAssets assets,
            OrderQueue queue) {
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.access = access;
        this.orders = orders;
        this.assets = assets;
        this.queue = queue;
    }

    /**
     * Puts the order back into the queue with a new content.
     *
     * @throws Problem {@code resource_not_found}, {@code forbidden}, {@code validation_failed},
     *     {@code order_too_large}, {@code unknown_partner}, {@code partner_inactive}, {@code order_in_flight},
     *     {@code order_not_replaceable}, {@code order_identity_immutable}; nothing is torn down then
     */
    QueuedOrder replace(
            Caller caller,
            CompanyId company,
            OrderId id,
            Supplier<JsonNode> given,
            OrderQueue.Mode mode,
            boolean strict) {
        Function<CompanyTransaction, QueuedOrder> work = transaction -> {
            JsonNode body = given.get();
            Order order = access.lock(transaction, caller, id);
            access.requireOwn(caller, body);
            OrderRequest request = new OrderBody(snapshots.of(transaction), transaction.now(), strict)
                    .read(body, (partner, reference, keys) -> queue.takenForReplacement(transaction, id, keys));
            access.requireKnown(transaction, request.partner());
            access.requireActiveUnlessOperator(transaction, caller, request.partner());
            requireReplaceable(order, request);
            QueuedOrder queued = queue.submit(transaction, store(transaction, order, request), request, mode);
            FaultPoint.hit("replace-after-insert");
            return queued;
        };
        return transactions.inCompanyResolved(company, work, this::isReplaced);
    }

    /**
     * A rival that waited for the order may have made the same generation, so its job has to be this one's. Once the
     * order was replaced again or cancelled nothing tells any more.
     */
    private Optional<Boolean> isReplaced(CompanyTransaction transaction, QueuedOrder replaced) {
        Claim claim = replaced.claim();
        Optional<Order> order = orders.find(transaction, claim.order());
        int generation = order.map(Order::generation).orElse(0);
        if (generation != claim.generation()) {
            return Optional.of(false).filter(_ -> generation < claim.generation());
        }
        return queue.jobOf(transaction, claim.order())
                .or(() -> order.map(settled -> settled.state().jobId()).filter(job -> !job.isEmpty()))
                .map(claim.jobId()::equals);
    }

    private static void requireReplaceable(Order order, OrderRequest request) {
        order.status().refusal(OrderStatus.Action.REPLACE).ifPresent(refusal -> {
            throw new Problem(refusal);
        });
        boolean sameReference =
                ComparisonKey.of(order.identity().reference()).equals(ComparisonKey.of(request.reference()));
        if (!order.partner().equals(request.partner()) || !sameReference) {
            throw new Problem(OrderProblem.ORDER_IDENTITY_IMMUTABLE);
        }
    }

    private Order store(CompanyTransaction transaction, Order order, OrderRequest request) {
        assets.voidAll(transaction, order.id());
        FaultPoint.hit("replace-after-void");
        orders.replace(transaction, order, request.terms());
        return order.resubmitted(request.terms());
    }
}
