package dev.drawbridge.setup;

import static java.util.stream.Collectors.toSet;

import dev.drawbridge.coupons.CouponReferenceStore;
import dev.drawbridge.orders.OrderIndexStore;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.ticketing.Tickets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Which entries of a setup something outside it refers to: orders, tickets, coupons, reservations, API keys.
 *
 * <p>What is of an item or a type no index says: one more on every ticket would slow each sale for a question that
 * comes with a setup. So tickets, coupons and orders are walked through, the newest first, in parts that are each a
 * short transaction, until all that was asked about is found.
 */
@Component
class SetupReferences {

    /** Rows of tickets or coupons that are looked at in one statement: some ten milliseconds. */
    static final int PART_ROWS = 20_000;

    /** As {@link #PART_ROWS}, of orders, whose lines have to be unpacked. */
    static final int PART_ORDERS = 2_000;

    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    private final Transactions transactions;
    private final ApiKeys apiKeys;
    private final OrderIndexStore orders;
    private final Tickets tickets;
    private final CouponReferenceStore coupons;

    SetupReferences(
            Transactions transactions,
            ApiKeys apiKeys,
            OrderIndexStore orders,
            Tickets tickets,
            CouponReferenceStore coupons) {
        this.transactions = transactions;
        this.apiKeys = apiKeys;
        this.orders = orders;
        this.tickets = tickets;
        this.coupons = coupons;
    }

    /** Those of the entries that are referred to. Of those that nothing refers to, all there is has to be read. */
    Set<EntryKey> referredTo(CompanyId company, Collection<EntryKey> entries) {
        var search = new Search(company, entries);
        search.lookUp(DefinitionKind.PARTNER, this::partners);
        search.lookUp(DefinitionKind.ADMISSION, tickets::admissionsInUse);
        search.walk(PART_ROWS, tickets::partBegin, this::ofTickets, DefinitionKind.TICKET_TYPE, DefinitionKind.ITEM);
        search.walk(PART_ROWS, coupons::partBegin, this::ofCoupons, DefinitionKind.COUPON_TYPE, DefinitionKind.ITEM);
        search.walk(PART_ORDERS, orders::partBegin, this::ofOrders, DefinitionKind.ITEM);
        return search.found;
    }

    private Set<String> partners(CompanyTransaction open, Set<String> keys) {
        Set<String> found = new HashSet<>(orders.partnersWithOrders(open, keys));
        apiKeys.partners(open).stream()
                .map(PartnerId::toString)
                .filter(keys::contains)
                .forEach(found::add);
        return found;
    }

    private Set<EntryKey> ofTickets(CompanyTransaction open, UUID begin, UUID end) {
        Set<EntryKey> found = new HashSet<>();
        tickets.typesAndItems(open, begin, end).forEach(ticket -> {
            found.add(new EntryKey(DefinitionKind.TICKET_TYPE, ticket.ticketType()));
            found.add(new EntryKey(DefinitionKind.ITEM, ticket.item()));
        });
        return found;
    }

    private Set<EntryKey> ofCoupons(CompanyTransaction open, UUID begin, UUID end) {
        Set<EntryKey> found = new HashSet<>();
        coupons.typesAndItems(open, begin, end).forEach(coupon -> {
            found.add(new EntryKey(DefinitionKind.COUPON_TYPE, coupon.couponType()));
            found.add(new EntryKey(DefinitionKind.ITEM, coupon.item()));
        });
        return found;
    }

    private Set<EntryKey> ofOrders(CompanyTransaction open, UUID begin, UUID end) {
        return orders.orderedItems(open, begin, end).stream()
                .map(item -> new EntryKey(DefinitionKind.ITEM, item))
                .collect(toSet());
    }

    private interface Question {
        Set<String> of(CompanyTransaction open, Set<String> keys);
    }

    private interface Begin {
        Optional<UUID> of(CompanyTransaction open, UUID end, int max);
    }

    private interface Part {
        Set<EntryKey> of(CompanyTransaction open, UUID begin, UUID end);
    }

    /** One question after the other, about what is not found yet. */
    private final class Search {

        private final CompanyId company;
        private final Set<EntryKey> missing;
        private final Set<EntryKey> found = new HashSet<>();

        private Search(CompanyId company, Collection<EntryKey> entries) {
            this.company = company;
            this.missing = new HashSet<>(entries);
        }

        private void lookUp(DefinitionKind kind, Question question) {
            Set<String> keys = missing.stream()
                    .filter(entry -> entry.kind() == kind)
                    .map(EntryKey::key)
                    .collect(toSet());
            if (!keys.isEmpty()) {
                found(transactions.inCompany(company, open -> question.of(open, keys)).stream()
                        .map(key -> new EntryKey(kind, key))
                        .collect(toSet()));
            }
        }

        private void walk(int rows, Begin begin, Part part, DefinitionKind... kinds) {
            Optional<UUID> end = Optional.of(BEHIND_ALL);
            while (end.isPresent() && isAnyMissing(Set.of(kinds))) {
                UUID before = end.get();
                end = transactions.inCompany(company, open -> {
                    Optional<UUID> from = begin.of(open, before, rows);
                    from.ifPresent(first -> found(part.of(open, first, before)));
                    return from;
                });
            }
        }

        private boolean isAnyMissing(Set<DefinitionKind> kinds) {
            return missing.stream().map(EntryKey::kind).anyMatch(kinds::contains);
        }

        private void found(Set<EntryKey> entries) {
            entries.stream().filter(missing::remove).forEach(found::add);
        }
    }
}
