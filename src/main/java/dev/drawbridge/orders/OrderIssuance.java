package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.orders.VisitPlanning.VisitPlan;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Refused;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Visits;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.ticketing.SlotDemand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Issues claimed orders of one company. A batch is one transaction: each order settles as Draft, Issued or Error with
 * all that belongs to it, or the whole batch leaves no trace and goes on one by one.
 */
@Component
class OrderIssuance {

    private static final Logger LOG = LoggerFactory.getLogger(OrderIssuance.class);
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int DELAY_FACTOR = 4;

    private final Transactions transactions;
    private final OrderStore orders;
    private final DueOrderStore jobs;
    private final BatchPlanning planning;
    private final Reservations reservations;
    private final OrderSettlement settlement;
    private final Counter leasesLost;
    private final Counter leasesStolen;
    private final Counter putBack;

    OrderIssuance(
            Transactions transactions,
            OrderStore orders,
            DueOrderStore jobs,
            BatchPlanning planning,
            Reservations reservations,
            OrderSettlement settlement,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.orders = orders;
        this.jobs = jobs;
        this.planning = planning;
        this.reservations = reservations;
        this.settlement = settlement;
        this.leasesLost = meters.counter("ocm.lease.lost");
        this.leasesStolen = meters.counter("ocm.lease.stolen");
        this.putBack = meters.counter("ocm.jobs.attempts", "outcome", "put_back");
    }

    /** Claims what is due, of each partner with work the oldest, for as long as a lease lasts; oldest first. */
    List<Claim> claimDue(int perPartnerMax, int max) {
        List<DueOrderStore.Claimed> claimed =
                transactions.acrossCompanies(() -> jobs.claimDue(perPartnerMax, max, OrderQueue.LEASE));
        leasesStolen.increment(
                (double) claimed.stream().filter(DueOrderStore.Claimed::stolen).count());
        return claimed.stream().map(DueOrderStore.Claimed::claim).toList();
    }

    /** What waits, over all companies. */
    DueOrderStore.Backlog backlog() {
        return transactions.acrossCompanies(jobs::backlog);
    }

    /** Returns when each order has settled, has been put back for another attempt, or turned out to be another's. */
    void work(CompanyId company, List<Claim> claims) {
        FaultPoint.hit("after-claim");
        List<Claim> held = start(claims);
        FaultPoint.hit("before-fence");
        issue(
                company,
                held.stream().filter(claim -> claim.attempts() <= ATTEMPTS_MAX).toList());
        // An order that killed its node five times has no exception to show for it, only its attempts.
        held.stream().filter(claim -> claim.attempts() > ATTEMPTS_MAX).forEach(claim -> claim.trace()
                .during(() -> giveUp(claim)));
    }

    private void issue(CompanyId company, List<Claim> held) {
        if (held.isEmpty()) {
            return;
        }
        try {
            settle(company, held);
        } catch (RuntimeException failure) {
            if (held.size() == 1) {
                Claim alone = held.getFirst();
                alone.trace().during(() -> putBack(alone, failure));
            } else {
                LOG.warn(
                        "issuance batch failed, its orders go on one by one company={} orders={}",
                        company,
                        held.size(),
                        failure);
                held.forEach(claim -> claim.trace().during(() -> issue(company, List.of(claim))));
            }
        }
    }

    private void putBack(Claim claim, RuntimeException failure) {
        // Another attempt draws the same numbers: only the operator can help, and the partner should know at once.
        if (claim.attempts() >= ATTEMPTS_MAX || failure instanceof Numbers.UsedUp) {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("orderId", claim.order())
                    .addKeyValue("attempt", claim.attempts())
                    .log("issuance_failed for good: the order becomes Error");
            giveUp(claim);
            return;
        }
        Duration delay = delay(claim.attempts());
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("orderId", claim.order())
                .addKeyValue("attempt", claim.attempts())
                .addKeyValue("delay", delay)
                .log("issuance_failed: it will be tried again");
        transactions.acrossCompanies(() -> {
            jobs.putBack(claim, delay);
            return claim;
        });
        putBack.increment();
    }

    /** 1 s, 4 s, 16 s, 64 s, each half more or less, so that orders that failed together do not return together. */
    private static Duration delay(int attempt) {
        long millis = FIRST_DELAY.toMillis() * (long) Math.pow(DELAY_FACTOR, attempt - 1);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + millis / 2));
    }

    /** Shows the orders as Processing, which others must see, so in a transaction of its own; answers what is held. */
    private List<Claim> start(List<Claim> claims) {
        List<Claim> held = transactions.acrossCompanies(() -> jobs.startProcessing(claims, OrderQueue.LEASE));
        countLost(claims, held);
        return held;
    }

    /** The claims that are somebody else's by now: this node was too slow, or stood still. */
    private void countLost(List<Claim> claims, List<Claim> held) {
        leasesLost.increment((double) claims.size() - held.size());
    }

    /** Settles the orders whose claim is still held; the others belong to somebody else now and are left alone. */
    private void settle(CompanyId company, List<Claim> claims) {
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
            FaultPoint.hit("after-capacity");
            settlement.settle(
                    transaction,
                    visits.stream()
                            .filter(plan -> served.contains(plan.order().id()))
                            .toList(),
                    refused,
                    held);
        });
    }

    /** Ends an order that could not be issued in all its attempts; one that cannot even be ended holds up no other. */
    private void giveUp(Claim claim) {
        try {
            settleHeld(claim.company(), List.of(claim), orders::lockWithoutLines, (transaction, batch, held) -> {
                reservations.giveBack(transaction, claim.order());
                settlement.refuse(
                        transaction,
                        List.of(new Refused(batch.getFirst(), reason(OrderProblem.ISSUANCE_FAILED))),
                        held);
            });
        } catch (RuntimeException failure) {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("orderId", claim.order())
                    .log("order_not_ended: it could not be made Error, which will be tried again");
        }
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
            transactions.afterCommit(() -> countLost(claims, held));
            FaultPoint.hit("after-fence");
            Map<OrderId, Claim> byOrder = held.stream().collect(Collectors.toMap(Claim::order, claim -> claim));
            List<Order> oldestFirst = locked.stream()
                    .filter(order -> byOrder.containsKey(order.id()))
                    .sorted(Comparator.comparing(
                                    (Order order) -> order.identity().receivedAt())
                            .thenComparing(Order::id))
                    .toList();
            if (!oldestFirst.isEmpty()) {
                ending.settle(transaction, oldestFirst, byOrder);
            }
            FaultPoint.hit("before-finish-commit");
            return held;
        });
        FaultPoint.hit("after-finish-commit");
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
        Map<OrderId, UUID> full = reservations.take(transaction, demands);
        Set<OrderId> served = new HashSet<>();
        for (Visits planned : visits) {
            Order order = planned.order();
            Optional.ofNullable(full.get(order.id()))
                    .ifPresentOrElse(
                            slot -> refused.add(new Refused(order, planned.soldOut(slot))),
                            () -> served.add(order.id()));
        }
        return served;
    }

    private static StatusReason reason(OrderProblem problem) {
        return new StatusReason(problem.code(), problem.message());
    }
}
