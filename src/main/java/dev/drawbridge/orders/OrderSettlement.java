package dev.drawbridge.orders;

import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.OrderStore.Settlement;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Refused;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Visits;
import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.webhooks.Events;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Ends the issuing of orders: what their rows become, until when Drafts hold capacity, what partners are told. */
@Component
class OrderSettlement {

    /** Within which 99 %, and 99.9 %, of orders should settle. */
    private static final Duration[] OBJECTIVES = {Duration.ofSeconds(5), Duration.ofSeconds(60)};

    private final CompanySnapshots snapshots;
    private final OrderAssets assets;
    private final OrderStore orders;
    private final Partners partners;
    private final Events events;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final Counter withoutCapacity;
    private final Timer settling;

    OrderSettlement(
            CompanySnapshots snapshots,
            OrderAssets assets,
            OrderStore orders,
            Partners partners,
            Events events,
            Transactions transactions,
            MeterRegistry meters) {
        this.snapshots = snapshots;
        this.assets = assets;
        this.orders = orders;
        this.partners = partners;
        this.events = events;
        this.transactions = transactions;
        this.meters = meters;
        this.withoutCapacity = meters.counter("ocm.capacity.rejected");
        this.settling = Timer.builder("ocm.order.settle")
                .description("From the acceptance of an order to when it has settled first")
                .serviceLevelObjectives(OBJECTIVES)
                .register(meters);
        Stream.of(OrderStatus.ISSUED, OrderStatus.DRAFT, OrderStatus.ERROR).forEach(this::settled);
    }

    /**
     * Capacity has been taken: issues the assets, and settles the orders as Draft or Issued, those refused as Error.
     * Partners are told of all of them at once.
     */
    void settle(
            CompanyTransaction transaction, List<Visits> plans, List<Refused> refusals, Map<OrderId, Claim> claims) {
        List<Order> settled = new ArrayList<>(issue(transaction, plans, claims));
        settled.addAll(refused(refusals, claims));
        store(transaction, settled, claims);
    }

    /** Settles orders as Error, each with its reason. */
    void refuse(CompanyTransaction transaction, List<Refused> refusals, Map<OrderId, Claim> claims) {
        settle(transaction, List.of(), refusals, claims);
    }

    private List<Order> issue(CompanyTransaction transaction, List<Visits> plans, Map<OrderId, Claim> claims) {
        if (plans.isEmpty()) {
            return List.of();
        }
        CompanySnapshot company = snapshots.of(transaction);
        var issued = new IssuedAssets(company.settings(), transaction.now());
        plans.forEach(issued::add);
        assets.issue(transaction, company, issued);
        // A hold counts from settling, and a large order takes seconds to get there.
        Instant settling = plans.stream().allMatch(plan -> plan.order().isPaid()) ? transaction.now() : orders.now();
        List<Order> settled = plans.stream()
                .map(plan -> plan.order()
                        .issued(
                                claim(claims, plan.order()).jobId(),
                                UUID.randomUUID(),
                                hold(transaction, company.settings(), plan, settling)))
                .toList();
        assets.publish(transaction, settled.stream().filter(Order::isPaid).toList(), issued.wallets());
        return settled;
    }

    private static List<Order> refused(List<Refused> refusals, Map<OrderId, Claim> claims) {
        return refusals.stream()
                .map(refusal ->
                        refusal.order().refused(claim(claims, refusal.order()).jobId(), refusal.reason()))
                .toList();
    }

    private void store(CompanyTransaction transaction, List<Order> settled, Map<OrderId, Claim> claims) {
        if (settled.isEmpty()) {
            return;
        }
        orders.settle(transaction, settled.stream().map(OrderSettlement::row).toList());
        transactions.afterCommit(() -> settled.forEach(order -> count(order, transaction.now())));
        events.record(
                transaction,
                settled.stream()
                        .map(order -> order.processedEvent(claim(claims, order).trace()))
                        .toList());
    }

    /** What a replaced or processed order took since it was first accepted says nothing. */
    private void count(Order order, Instant at) {
        settled(order.status()).increment();
        if (order.generation() == 1) {
            settling.record(Duration.between(order.identity().receivedAt(), at));
        }
        if (order.state().reason().code().equals(OrderProblem.CAPACITY_EXCEEDED.code())) {
            withoutCapacity.increment();
        }
    }

    private Counter settled(OrderStatus status) {
        return meters.counter("ocm.orders.settled", "status", status.word());
    }

    /** Of a Draft: from now for as long as its partner's holds last, but never past the end of its last slot. */
    private Optional<Instant> hold(
            CompanyTransaction transaction, CompanySettings settings, Visits plan, Instant settling) {
        if (plan.order().isPaid()) {
            return Optional.empty();
        }
        Duration length = partners.find(transaction, plan.order().partner())
                .flatMap(Partner::draftHold)
                .orElse(settings.draftHold());
        Instant until = settling.plus(length);
        return plan.lastSlotEnd().map(end -> end.isBefore(until) ? end : until);
    }

    private static Claim claim(Map<OrderId, Claim> claims, Order order) {
        return Optional.ofNullable(claims.get(order.id())).orElseThrow();
    }

    private static Settlement row(Order settled) {
        return new Settlement(
                settled.id().value(),
                settled.status().word(),
                settled.state().reason().code(),
                settled.state().reason().message(),
                settled.state().jobId(),
                settled.state().eventSequence(),
                settled.state().manifestId().orElse(null),
                settled.state().holdExpiresAt().orElse(null));
    }
}
