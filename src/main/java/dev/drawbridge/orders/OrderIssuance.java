package dev.drawbridge.orders;

import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.orders.VisitPlan.Refused;
import dev.drawbridge.orders.VisitPlan.Visits;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.ticketing.SlotDemand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Issues a batch of one company's orders in one transaction: section 2.4 of the contract. Each order settles as Draft,
 * Issued or Error with all that belongs to it, or the whole batch leaves no trace.
 */
@Component
class OrderIssuance {

    private final Transactions transactions;
    private final OrderStore orders;
    private final IssuanceJobStore jobs;
    private final BatchPlanning planning;
    private final Reservations reservations;
    private final OrderSettlement settlement;

    OrderIssuance(
            Transactions transactions,
            OrderStore orders,
            IssuanceJobStore jobs,
            BatchPlanning planning,
            Reservations reservations,
            OrderSettlement settlement) {
        this.transactions = transactions;
        this.orders = orders;
        this.jobs = jobs;
        this.planning = planning;
        this.reservations = reservations;
        this.settlement = settlement;
    }

    /** Shows the orders as Processing, which others must see, so in a transaction of its own; answers what is held. */
    List<Claim> start(List<Claim> claims) {
        return transactions.acrossCompanies(() -> jobs.startProcessing(claims));
    }

    /** Settles the orders whose claim is still held; the others belong to somebody else now and are left alone. */
    void issue(CompanyId company, List<Claim> claims) {
        settleHeld(company, claims, orders::lockAll, (transaction, batch, held) -> {
            List<Visits> visits = new ArrayList<>();
            List<Refused> refused = new ArrayList<>();
            for (VisitPlan plan : planning.plan(transaction, batch)) {
                switch (plan) {
                    case Visits planned -> visits.add(planned);
                    case Refused refusal -> refused.add(refusal);
                }
            }
            Set<OrderId> served = takeCapacity(transaction, visits, refused);
            settlement.issue(
                    transaction,
                    visits.stream()
                            .filter(plan -> served.contains(plan.order().id()))
                            .toList(),
                    held);
            settlement.refuse(transaction, refused, held);
        });
    }

    /** Ends an order that could not be issued in all its attempts. */
    void giveUp(Claim claim) {
        settleHeld(claim.company(), List.of(claim), orders::lockWithoutLines, (transaction, batch, held) -> {
            reservations.giveBack(transaction, claim.order());
            settlement.refuse(
                    transaction, List.of(new Refused(batch.getFirst(), reason(OrderProblem.ISSUANCE_FAILED))), held);
        });
    }

    /** What is done with a batch whose orders and jobs are locked. */
    private interface Ending {
        void settle(CompanyTransaction transaction, List<Order> oldestFirst, Map<OrderId, Claim> held);
    }

    private interface Locking {
        List<Order> lock(CompanyTransaction transaction, Collection<OrderId> orders);
    }

    private void settleHeld(CompanyId company, List<Claim> claims, Locking locking, Ending ending) {
        transactions.inCompany(company, transaction -> {
            List<Order> locked =
                    locking.lock(transaction, claims.stream().map(Claim::order).toList());
            List<Claim> held = jobs.lockHeld(transaction, claims);
            Map<OrderId, Claim> byOrder = held.stream().collect(Collectors.toMap(Claim::order, Function.identity()));
            List<Order> oldestFirst = locked.stream()
                    .filter(order -> byOrder.containsKey(order.id()))
                    .sorted(Comparator.comparing(
                                    (Order order) -> order.identity().receivedAt())
                            .thenComparing(Order::id))
                    .toList();
            if (!oldestFirst.isEmpty()) {
                ending.settle(transaction, oldestFirst, byOrder);
                jobs.delete(transaction, held);
            }
            return held.size();
        });
    }

    /**
     * Adds the orders that get no places to the refused. Those already refused ask for none, so that what a replaced
     * order still held is given back all the same.
     */
    private Set<OrderId> takeCapacity(CompanyTransaction transaction, List<Visits> visits, List<Refused> refused) {
        List<SlotDemand> demands = new ArrayList<>();
        visits.forEach(planned -> demands.add(planned.demand()));
        refused.forEach(refusal ->
                demands.add(new SlotDemand(refusal.order().id(), refusal.order().generation(), Map.of(), false)));
        Set<OrderId> served = reservations.take(transaction, demands);
        visits.stream()
                .map(Visits::order)
                .filter(order -> !served.contains(order.id()))
                .forEach(order -> refused.add(new Refused(order, reason(OrderProblem.CAPACITY_EXCEEDED))));
        return served;
    }

    private static StatusReason reason(OrderProblem problem) {
        return new StatusReason(problem.code(), problem.message());
    }
}
