package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Gives the places of slots to orders and takes them back; the counter of a slot always equals its live reservations.
 * Every slot of a call is locked first, once, in id order; then nothing that it decides can change under it.
 */
@Component
public class Reservations {

    private static final String HELD = "held";
    private static final String SOLD = "sold";
    private static final String RELEASED = "released";

    /** Why places that had been released could not be taken again. */
    public enum RetakeRefusal {
        SOLD_OUT,
        CLOSED,
        OVER
    }

    /** What a slot's counter says, and what its reservations come to. */
    public record SlotCount(UUID slot, int capacity, int taken, long reserved) {}

    /**
     * What one generation of an order has taken.
     *
     * @param held reservations that are held, as {@code sold}
     * @param asTickets whether they are the places of the order's tickets, slot by slot
     */
    public record LivePlaces(OrderId order, int generation, int held, int sold, boolean asTickets) {}

    private final ReservationStore store;
    private final Timer taking;

    Reservations(ReservationStore store, MeterRegistry meters) {
        this.store = store;
        this.taking = Timer.builder("ocm.slot.reserve")
                .description("To take the places of a batch of orders, the wait for its slots' locks included")
                .register(meters);
    }

    /**
     * Gives capacity order by order, in the order of the list, all or nothing for each. What an order still holds of an
     * earlier generation counts as free for itself, and is given back whether the order is served or not.
     *
     * @return the orders that got nothing, each with a slot that has too few places left
     */
    public Map<OrderId, UUID> take(CompanyTransaction transaction, List<SlotDemand> demands) {
        Timer.Sample begun = Timer.start();
        Map<OrderId, UUID> refused = taken(transaction, demands);
        begun.stop(taking);
        return refused;
    }

    private Map<OrderId, UUID> taken(CompanyTransaction transaction, List<SlotDemand> demands) {
        List<OrderId> orders = demands.stream().map(SlotDemand::order).toList();
        boolean replaced = demands.stream().anyMatch(demand -> demand.generation() > 1);
        List<ReservationStore.Row> former = replaced ? store.live(transaction, orders) : List.of();
        Counters counters = lock(transaction, demands, former);

        Map<OrderId, UUID> refused = new HashMap<>();
        List<ReservationStore.Row> taken = new ArrayList<>();
        for (SlotDemand demand : demands) {
            former.stream()
                    .filter(row -> row.orderId().equals(demand.order().value()))
                    .forEach(row -> counters.add(row.slotId(), -row.quantity()));
            Optional<UUID> full = counters.full(demand.placesBySlot());
            if (full.isPresent()) {
                refused.put(demand.order(), full.get());
            } else {
                demand.placesBySlot().forEach(counters::add);
                taken.addAll(rows(transaction, demand));
            }
        }
        release(transaction, former);
        store.take(transaction, taken, counters.changes);
        return refused;
    }

    /** Gives back all that these orders hold or have bought; what was given back before stays so. */
    public void giveBack(CompanyTransaction transaction, OrderId order) {
        List<ReservationStore.Row> live = store.live(transaction, List.of(order));
        Map<UUID, Integer> changes = new HashMap<>();
        live.forEach(row -> changes.merge(row.slotId(), -row.quantity(), Integer::sum));
        store.lockSlots(transaction, changes.keySet());
        release(transaction, live);
        store.change(transaction, changes);
    }

    /** Turns what a Draft holds into a sale; what its expired hold gave back is taken again, in the same slots. */
    public Optional<RetakeRefusal> sell(CompanyTransaction transaction, OrderId order, int generation) {
        List<ReservationStore.Row> reservations = store.of(transaction, order, generation);
        List<ReservationStore.Row> released = in(RELEASED, reservations);
        Map<UUID, ReservationStore.LockedSlot> slots = store.lockSlots(
                transaction, released.stream().map(ReservationStore.Row::slotId).toList());
        Map<UUID, Integer> changes = new HashMap<>();
        for (ReservationStore.Row row : released) {
            ReservationStore.LockedSlot slot =
                    Optional.ofNullable(slots.get(row.slotId())).orElseThrow();
            if (!slot.endsAt().isAfter(transaction.now())) {
                return Optional.of(RetakeRefusal.OVER);
            }
            if (slot.closed()) {
                return Optional.of(RetakeRefusal.CLOSED);
            }
            if (slot.taken() + row.quantity() > slot.capacity()) {
                return Optional.of(RetakeRefusal.SOLD_OUT);
            }
            changes.merge(row.slotId(), row.quantity(), Integer::sum);
        }
        moveAll(transaction, in(HELD, reservations), SOLD);
        moveAll(transaction, released, SOLD);
        store.change(transaction, changes);
        return Optional.empty();
    }

    /** The next slots by id, to be compared. */
    public List<SlotCount> counts(CompanyTransaction transaction, UUID after, int max) {
        return store.counts(transaction, after, max);
    }

    /** Of orders that have taken places or have tickets for some; to be compared. */
    public List<LivePlaces> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return store.livePlaces(transaction, orders);
    }

    /** The next orders by id that have taken places. */
    public List<UUID> ordersWithPlaces(CompanyTransaction transaction, UUID after, int max) {
        return store.ordersWithPlaces(transaction, after, max);
    }

    private Counters lock(
            CompanyTransaction transaction, List<SlotDemand> demands, Collection<ReservationStore.Row> former) {
        Set<UUID> asked = new LinkedHashSet<>();
        demands.forEach(demand -> asked.addAll(demand.placesBySlot().keySet()));
        Set<UUID> all = new LinkedHashSet<>(asked);
        former.forEach(row -> all.add(row.slotId()));
        Map<UUID, ReservationStore.LockedSlot> locked = store.lockSlots(transaction, all);
        for (UUID slot : asked) {
            ReservationStore.LockedSlot found = locked.get(slot);
            if (found == null || found.closed()) {
                throw new ConcurrencyFailureException("Slot " + slot + " was closed after it had been chosen");
            }
        }
        return new Counters(locked);
    }

    private void release(CompanyTransaction transaction, List<ReservationStore.Row> live) {
        moveAll(transaction, live, RELEASED);
    }

    private void moveAll(CompanyTransaction transaction, List<ReservationStore.Row> reservations, String to) {
        int moved = store.move(transaction, reservations, to);
        if (moved != reservations.size()) {
            throw new IllegalStateException(
                    "Expected to make " + reservations.size() + " reservations " + to + ", but made " + moved);
        }
    }

    private static List<ReservationStore.Row> in(String state, List<ReservationStore.Row> reservations) {
        return reservations.stream().filter(row -> row.state().equals(state)).toList();
    }

    private static List<ReservationStore.Row> rows(CompanyTransaction transaction, SlotDemand demand) {
        return demand.placesBySlot().entrySet().stream()
                .map(entry -> new ReservationStore.Row(
                        transaction.company().value(),
                        demand.order().value(),
                        demand.generation(),
                        entry.getKey(),
                        entry.getValue(),
                        demand.paid() ? SOLD : HELD))
                .toList();
    }

    /** What is taken of the locked slots while capacity is given; the changes are written once, at the end. */
    private static final class Counters {

        private final Map<UUID, ReservationStore.LockedSlot> slots;
        private final Map<UUID, Integer> changes = new HashMap<>();

        Counters(Map<UUID, ReservationStore.LockedSlot> slots) {
            this.slots = slots;
        }

        /** A slot that cannot give what is asked of it. */
        Optional<UUID> full(Map<UUID, Integer> placesBySlot) {
            return placesBySlot.entrySet().stream()
                    .filter(entry -> {
                        ReservationStore.LockedSlot slot =
                                Optional.ofNullable(slots.get(entry.getKey())).orElseThrow();
                        long taken = (long) slot.taken() + changes.getOrDefault(slot.slotId(), 0);
                        return taken + entry.getValue() > slot.capacity();
                    })
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        void add(UUID slot, int places) {
            changes.merge(slot, places, Integer::sum);
        }
    }
}
