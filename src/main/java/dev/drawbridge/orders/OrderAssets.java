package dev.drawbridge.orders;

import dev.drawbridge.coupons.Coupons;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.LineVisits;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.PartVisit;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.ticketing.Tickets;
import dev.drawbridge.wallets.ManifestLink;
import dev.drawbridge.wallets.Wallet;
import dev.drawbridge.wallets.Wallets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The wallets, tickets and coupons of orders, over the modules that own them: issued, paid and voided together. */
@Component
class OrderAssets {

    private final Wallets wallets;
    private final Tickets tickets;
    private final Coupons coupons;
    private final OrderIndexStore externalReferences;
    private final Numbers numbers;

    OrderAssets(
            Wallets wallets, Tickets tickets, Coupons coupons, OrderIndexStore externalReferences, Numbers numbers) {
        this.wallets = wallets;
        this.tickets = tickets;
        this.coupons = coupons;
        this.externalReferences = externalReferences;
        this.numbers = numbers;
    }

    /** Has at hand what the numbers of these orders need of series, before the orders' slots are locked. */
    void provideNumbers(CompanyTransaction transaction, CompanySnapshot company, List<LineVisits> lines) {
        Map<Numbering, Integer> counts = new HashMap<>();
        for (LineVisits line : lines) {
            counts.merge(company.settings().walletNumbering(), line.wallets(), Integer::sum);
            for (PartVisit part : line.parts()) {
                int tickets = line.wallets() * part.issue().tickets();
                int coupons = line.wallets() * part.issue().coupons();
                part.ticketType().ifPresent(type -> counts.merge(type.numbering(), tickets, Integer::sum));
                part.couponType().ifPresent(type -> counts.merge(type.numbering(), coupons, Integer::sum));
            }
        }
        counts.forEach((numbering, count) -> numbers.provide(transaction.company(), numbering, count));
    }

    /** Stores everything under numbers that are free; a number promised as an external reference is not. */
    void issue(CompanyTransaction transaction, CompanySnapshot company, IssuedAssets assets) {
        wallets.issue(
                transaction,
                assets.wallets(),
                company.settings().walletNumbering(),
                keys -> externalReferences.reservedAmong(transaction, keys));
        tickets.issue(
                transaction,
                assets.tickets(),
                ticket -> company.ticketing()
                        .ticketType(ticket.ticketTypeKey())
                        .orElseThrow()
                        .numbering(),
                keys -> externalReferences.reservedAmong(transaction, keys));
        FaultPoint.hit("after-tickets");
        coupons.issue(transaction, assets.coupons(), coupon -> company.coupons()
                .byKey(coupon.couponTypeKey())
                .orElseThrow()
                .numbering());
        FaultPoint.hit("after-coupons");
        wallets.fill(transaction, assets.contents());
    }

    /** From now on the manifests of these issued orders, one of each and one of each of its wallets, can be opened. */
    void publish(CompanyTransaction transaction, Collection<Order> issued, Collection<Wallet> theirWallets) {
        Set<UUID> ids = new HashSet<>();
        List<ManifestLink> links = new ArrayList<>();
        for (Order order : issued) {
            ids.add(order.id().value());
            links.add(new ManifestLink(
                    order.state().manifestId().orElseThrow(), order.id().value(), null));
        }
        theirWallets.stream()
                .filter(wallet -> ids.contains(wallet.orderId()))
                .forEach(wallet ->
                        links.add(new ManifestLink(wallet.manifestId(), wallet.orderId(), wallet.walletId())));
        wallets.publish(transaction, links);
    }

    /** A Draft is paid: its tickets open the gate, its coupons can be redeemed, its manifests can be opened. */
    void pay(CompanyTransaction transaction, Order draft) {
        int paid = tickets.pay(transaction, draft.id(), draft.generation())
                + coupons.makeRedeemable(transaction, draft.id(), draft.generation());
        int held = wallets.countAssets(transaction, draft.id(), draft.generation());
        if (paid != held) {
            throw new IllegalStateException(
                    "Expected to make " + held + " assets of order " + draft.id() + " paid, but made " + paid);
        }
        publish(transaction, List.of(draft), wallets.of(transaction, draft.id(), draft.generation()));
    }

    /** Voids all of every generation and frees the external reference numbers. */
    void voidAll(CompanyTransaction transaction, OrderId order) {
        tickets.voidAll(transaction, order);
        coupons.voidAll(transaction, order);
        wallets.voidAll(transaction, order);
        externalReferences.free(transaction, order);
    }

    boolean anyAdmitted(CompanyTransaction transaction, OrderId order) {
        return tickets.anyAdmitted(transaction, order);
    }

    boolean anyRedeemed(CompanyTransaction transaction, OrderId order) {
        return coupons.anyRedeemed(transaction, order);
    }

    /**
     * Which of these comparison keys are numbers of tickets or wallets, so that no external reference may equal them.
     */
    Set<String> numbersAmong(CompanyTransaction transaction, Collection<String> keys) {
        Set<String> found = new HashSet<>(tickets.numbersAmong(transaction, keys));
        found.addAll(wallets.referencesAmong(transaction, keys));
        return found;
    }

    /** The orders whose external reference number became somebody's ticket or wallet number since it was reserved. */
    Map<OrderId, StatusReason> clashes(CompanyTransaction transaction, List<Order> batch) {
        Map<String, OrderId> ordersByKey = new HashMap<>();
        for (Order order : batch) {
            order.lines().stream()
                    .flatMap(line -> line.wishes().externalReferences().stream())
                    .filter(reference -> !reference.isEmpty())
                    .forEach(reference -> ordersByKey.put(ComparisonKey.of(reference), order.id()));
        }
        if (ordersByKey.isEmpty()) {
            return Map.of();
        }
        Map<OrderId, StatusReason> clashes = new HashMap<>();
        numbersAmong(transaction, ordersByKey.keySet())
                .forEach(key -> clashes.put(
                        ordersByKey.get(key),
                        new StatusReason(
                                OrderProblem.EXTERNAL_REFERENCE_TAKEN.code(),
                                OrderProblem.EXTERNAL_REFERENCE_TAKEN.message())));
        return clashes;
    }
}
