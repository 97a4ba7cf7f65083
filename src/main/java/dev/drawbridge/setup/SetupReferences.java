package dev.drawbridge.setup;

import static java.util.stream.Collectors.toSet;

import dev.drawbridge.coupons.CouponReferenceStore;
import dev.drawbridge.orders.OrderIndexStore;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.ticketing.Tickets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which entries of a setup something outside it refers to: orders, tickets, coupons, reservations, API keys. */
@Component
class SetupReferences {

    private final ApiKeys apiKeys;
    private final OrderIndexStore orders;
    private final Tickets tickets;
    private final CouponReferenceStore coupons;

    SetupReferences(ApiKeys apiKeys, OrderIndexStore orders, Tickets tickets, CouponReferenceStore coupons) {
        this.apiKeys = apiKeys;
        this.orders = orders;
        this.tickets = tickets;
        this.coupons = coupons;
    }

    /** Those of the entries that are referred to. Reads much; ask for few, and outside of locks. */
    Set<EntryKey> referredTo(CompanyTransaction transaction, Collection<EntryKey> entries) {
        Set<EntryKey> found = new HashSet<>();
        for (DefinitionKind kind : DefinitionKind.values()) {
            Set<String> keys = entries.stream()
                    .filter(entry -> entry.kind() == kind)
                    .map(EntryKey::key)
                    .collect(toSet());
            if (!keys.isEmpty()) {
                referredTo(transaction, kind, keys).forEach(key -> found.add(new EntryKey(kind, key)));
            }
        }
        return found;
    }

    private Set<String> referredTo(CompanyTransaction transaction, DefinitionKind kind, Set<String> keys) {
        return switch (kind) {
            case PARTNER -> union(orders.partnersWithOrders(transaction, keys), withApiKeys(transaction, keys));
            case ADMISSION -> tickets.admissionsInUse(transaction, keys);
            case TICKET_TYPE -> tickets.ticketTypesInUse(transaction, keys);
            case COUPON_TYPE -> coupons.couponTypes(transaction, keys);
            case ITEM -> items(transaction, keys);
            case DESIGN -> Set.of();
        };
    }

    private Set<String> withApiKeys(CompanyTransaction transaction, Set<String> keys) {
        return apiKeys.partners(transaction).stream()
                .map(PartnerId::toString)
                .filter(keys::contains)
                .collect(toSet());
    }

    /** Most that were ever sold are found in tickets and coupons; only the others are looked for in all orders. */
    private Set<String> items(CompanyTransaction transaction, Set<String> keys) {
        Set<String> issued = union(tickets.itemsInUse(transaction, keys), coupons.items(transaction, keys));
        Set<String> others = new HashSet<>(keys);
        others.removeAll(issued);
        return others.isEmpty() ? issued : union(issued, orders.orderedItems(transaction, others));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
