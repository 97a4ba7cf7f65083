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
import dev.drawbridge.webhooks.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ends the issuing of orders: what their rows become, until when Drafts hold capacity, what partners are told. */
@Component
class OrderSettlement {

    private final CompanySnapshots snapshots;
    private final OrderAssets assets;
    private final OrderStore orders;
    private final Partners partners;
    private final Events events;

    OrderSettlement(
            CompanySnapshots snapshots, OrderAssets assets, OrderStore orders, Partners partners, Events events) {
        this.snapshots = snapshots;
        this.assets = assets;
        this.orders = orders;
        this.partners = partners;
        this.events = events;
    }

    /**
     * Capacity has been taken: issues the assets, and settles the orders as Draft or Issued, those refused as Error.
     * Partners are told of all of them at once.
     */
    List<Order> settle(
            CompanyTransaction transaction, List<Visits> plans, List<Refused> refusals, Map<OrderId, Claim> claims) {
        List<Order> settled = new ArrayList<>(issue(transaction, plans, claims));
        settled.addAll(refused(refusals, claims));
        store(transaction, settled);
        return settled;
    }

    /** Settles orders as Error, each with its reason. */
    List<Order> refuse(CompanyTransaction transaction, List<Refused> refusals, Map<OrderId, Claim> claims) {
        return settle(transaction, List.of(), refusals, claims);
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
                                jobId(claims, plan.order()),
                                UUID.randomUUID(),
                                hold(transaction, company.settings(), plan, settling)))
                .toList();
        assets.publish(transaction, settled.stream().filter(Order::isPaid).toList(), issued.wallets());
        return settled;
    }

    private static List<Order> refused(List<Refused> refusals, Map<OrderId, Claim> claims) {
        return refusals.stream()
                .map(refusal -> refusal.order().refused(jobId(claims, refusal.order()), refusal.reason()))
                .toList();
    }

    private void store(CompanyTransaction transaction, List<Order> settled) {
        if (settled.isEmpty()) {
            return;
        }
        orders.settle(transaction, settled.stream().map(OrderSettlement::row).toList());
        events.record(transaction, settled.stream().map(Order::processedEvent).toList());
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

    private static String jobId(Map<OrderId, Claim> claims, Order order) {
        return Optional.ofNullable(claims.get(order.id())).orElseThrow().jobId();
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
