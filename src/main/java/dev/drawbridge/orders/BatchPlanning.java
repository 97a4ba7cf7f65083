package dev.drawbridge.orders;

import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.orders.VisitPlanning.VisitPlan;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Refused;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Visits;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.ticketing.AdmissionDay;
import dev.drawbridge.ticketing.Slot;
import dev.drawbridge.ticketing.SlotStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Plans a batch of orders with what the database knows: the slots of all their days in one read, taken numbers. What
 * they need of number series is taken now, while nobody waits for a slot.
 */
@Component
class BatchPlanning {

    private final CompanySnapshots snapshots;
    private final SlotStore slots;
    private final OrderAssets assets;

    BatchPlanning(CompanySnapshots snapshots, SlotStore slots, OrderAssets assets) {
        this.snapshots = snapshots;
        this.slots = slots;
        this.assets = assets;
    }

    /** One plan an order, in the order of the batch. */
    List<VisitPlan> plan(CompanyTransaction transaction, List<Order> batch) {
        CompanySnapshot company = snapshots.of(transaction);
        var planning = new VisitPlanning(company, transaction.now());
        Set<AdmissionDay> days = new HashSet<>();
        batch.forEach(order -> days.addAll(planning.days(order)));
        Map<AdmissionDay, List<Slot>> openings = slots.ofDays(transaction, days);
        Map<OrderId, StatusReason> clashes = assets.clashes(transaction, batch);
        List<VisitPlan> plans = batch.stream()
                .map(order -> Optional.ofNullable(clashes.get(order.id()))
                        .or(() -> tooLarge(company, order))
                        .<VisitPlan>map(reason -> new Refused(order, reason))
                        .orElseGet(() -> planning.plan(order, openings)))
                .toList();
        assets.provideNumbers(
                transaction,
                company,
                plans.stream()
                        .flatMap(plan -> plan instanceof Visits visits ? visits.lines().stream() : Stream.empty())
                        .toList());
        return plans;
    }

    /** It was not when it was accepted: a bundle has more components since. */
    private static Optional<StatusReason> tooLarge(CompanySnapshot company, Order order) {
        return company.sizeOf(order.lines()).tooLarge()
                ? Optional.of(
                        new StatusReason(OrderProblem.ISSUANCE_FAILED.code(), OrderProblem.ORDER_TOO_LARGE.message()))
                : Optional.empty();
    }
}
