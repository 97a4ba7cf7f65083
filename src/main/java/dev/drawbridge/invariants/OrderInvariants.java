package dev.drawbridge.invariants;

import dev.drawbridge.coupons.Coupons;
import dev.drawbridge.invariants.Invariant.Part;
import dev.drawbridge.orders.OrderComparisonStore;
import dev.drawbridge.orders.OrderComparisonStore.StoredOrder;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.ticketing.Reservations.LivePlaces;
import dev.drawbridge.ticketing.Tickets;
import dev.drawbridge.wallets.Wallets;
import dev.drawbridge.webhooks.Events;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** An order beside all that belongs to it, in whichever module. */
@Component
class OrderInvariants {

    private static final int ORDERS_MAX = 500;
    private static final String ISSUED = "Issued";
    private static final String DRAFT = "Draft";
    private static final String SUBMITTED = "Submitted";

    /** Java compares the two halves of an id as signed numbers. */
    private static final Comparator<UUID> AS_IN_THE_DATABASE = Comparator.comparing(UUID::toString);

    private final OrderComparisonStore orders;
    private final Reservations reservations;
    private final Tickets tickets;
    private final Coupons coupons;
    private final Wallets wallets;
    private final Events events;

    OrderInvariants(
            OrderComparisonStore orders,
            Reservations reservations,
            Tickets tickets,
            Coupons coupons,
            Wallets wallets,
            Events events) {
        this.orders = orders;
        this.reservations = reservations;
        this.tickets = tickets;
        this.coupons = coupons;
        this.wallets = wallets;
        this.events = events;
    }

    List<Invariant> all() {
        return List.of(
                each("hold_overdue", (transaction, part) -> StoredOrder::overdue),
                each("hold_row", (transaction, part) -> order -> !order.holdNoted()),
                each("job_stuck", (transaction, part) -> StoredOrder::stuck),
                each("job_row", (transaction, part) -> order -> !order.jobFits()),
                each("order_events", this::wronglyTold),
                each("order_places", this::wronglyPlaced),
                each("order_assets", this::wronglyIssued),
                new Invariant("orphan", this::orphans));
    }

    /** @param broken from the ids of a part's orders, what is wrong with one of them */
    private Invariant each(String name, BiFunction<CompanyTransaction, List<OrderId>, Predicate<StoredOrder>> broken) {
        return new Invariant(name, (transaction, after) -> {
            List<StoredOrder> part = orders.stored(transaction, after, ORDERS_MAX);
            Predicate<StoredOrder> rule =
                    broken.apply(transaction, part.stream().map(StoredOrder::id).toList());
            return Part.of(part, ORDERS_MAX, order -> order.id().value(), rule);
        });
    }

    /** The last event has the order's number; of one that is long settled the events may be gone. */
    private Predicate<StoredOrder> wronglyTold(CompanyTransaction transaction, List<OrderId> part) {
        Map<OrderId, Integer> last = events.lastSequences(transaction, part);
        return order -> {
            Optional<Integer> told = Optional.ofNullable(last.get(order.id()));
            return told.map(sequence -> sequence != order.told()).orElse(order.recent() && order.told() > 0);
        };
    }

    /** Places are held by a Draft with a hold and sold to an Issued order, as the tickets say; nobody else has any. */
    private Predicate<StoredOrder> wronglyPlaced(CompanyTransaction transaction, List<OrderId> part) {
        var places = byOrder(reservations.live(transaction, part), LivePlaces::order);
        return order -> places.getOrDefault(order.id(), List.of()).stream().anyMatch(taken -> !fits(order, taken));
    }

    private static boolean fits(StoredOrder order, LivePlaces places) {
        boolean none = places.held() == 0 && places.sold() == 0;
        boolean current = places.generation() == order.generation();
        return switch (order.status()) {
            case ISSUED -> current ? places.held() == 0 && places.asTickets() : none;
            case DRAFT -> (current && order.holds()) ? places.sold() == 0 && places.asTickets() : none;
            // One that is being replaced keeps its former places until it is issued.
            case SUBMITTED -> none || places.generation() < order.generation();
            default -> none;
        };
    }

    /** Wallets with all their tickets and coupons, as paid as the order; nothing of a former generation. */
    private Predicate<StoredOrder> wronglyIssued(CompanyTransaction transaction, List<OrderId> part) {
        var ticketsOf = byOrder(tickets.live(transaction, part), Tickets.Live::order);
        var couponsOf = byOrder(coupons.live(transaction, part), Coupons.Live::order);
        var walletsOf = byOrder(wallets.live(transaction, part), Wallets.Live::order);
        Map<OrderId, Map<Integer, Integer>> quantities = orders.quantities(transaction, part);
        return order -> {
            var assets = new Assets(
                    order,
                    ticketsOf.getOrDefault(order.id(), List.of()),
                    couponsOf.getOrDefault(order.id(), List.of()),
                    walletsOf.getOrDefault(order.id(), List.of()));
            boolean issued = order.status().equals(ISSUED) || order.status().equals(DRAFT);
            return issued ? !assets.areWhole(quantities.getOrDefault(order.id(), Map.of())) : assets.any();
        };
    }

    private static <T> Map<OrderId, List<T>> byOrder(List<T> all, Function<T, OrderId> order) {
        return all.stream().collect(Collectors.groupingBy(order));
    }

    private record Assets(
            StoredOrder order, List<Tickets.Live> tickets, List<Coupons.Live> coupons, List<Wallets.Live> wallets) {

        boolean any() {
            return !tickets.isEmpty() || !coupons.isEmpty() || !wallets.isEmpty();
        }

        /** Each line has a wallet for each of its quantity, or one for a group. */
        boolean areWhole(Map<Integer, Integer> quantities) {
            int issued = tickets.stream().mapToInt(Tickets.Live::tickets).sum()
                    + coupons.stream().mapToInt(Coupons.Live::coupons).sum();
            int paid = tickets.stream().mapToInt(Tickets.Live::paid).sum()
                    + coupons.stream().mapToInt(Coupons.Live::paid).sum();
            int held = wallets.stream().mapToInt(Wallets.Live::assets).sum();
            return areOfOneGeneration()
                    && issued == held
                    && paid == (order.status().equals(ISSUED) ? issued : 0)
                    && wallets.size() == quantities.size()
                    && wallets.stream()
                            .allMatch(line ->
                                    line.wallets() == 1 || line.wallets() == quantities.getOrDefault(line.lineNo(), 0));
        }

        private boolean areOfOneGeneration() {
            return Stream.of(
                            tickets.stream().map(Tickets.Live::generation),
                            coupons.stream().map(Coupons.Live::generation),
                            wallets.stream().map(Wallets.Live::generation))
                    .flatMap(generations -> generations)
                    .allMatch(generation -> generation == order.generation());
        }
    }

    /** Whatever is not voided or given back belongs to an order that there is. */
    private Part orphans(CompanyTransaction transaction, UUID after) {
        List<List<UUID>> sources = List.of(
                tickets.ordersWithLive(transaction, after, ORDERS_MAX),
                coupons.ordersWithLive(transaction, after, ORDERS_MAX),
                wallets.ordersWithLive(transaction, after, ORDERS_MAX),
                reservations.ordersWithPlaces(transaction, after, ORDERS_MAX));
        // Where a source has more, nothing is known of it behind its last one.
        Optional<UUID> last = sources.stream()
                .filter(source -> source.size() == ORDERS_MAX)
                .map(List::getLast)
                .min(AS_IN_THE_DATABASE);
        Set<UUID> named = sources.stream()
                .flatMap(List::stream)
                .filter(id -> last.isEmpty() || AS_IN_THE_DATABASE.compare(id, last.get()) <= 0)
                .collect(Collectors.toSet());
        Set<UUID> existing = orders.existing(transaction, named);
        return new Part(named.stream().filter(id -> !existing.contains(id)).toList(), last);
    }
}
