package dev.drawbridge.orders;

import dev.drawbridge.orders.Operation.Line;
import dev.drawbridge.orders.OrdersSeen.SlotSeen;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The places of {@link ExpectedOrders}. Deliberately naive: those taken are not kept but counted anew each time. */
final class ExpectedSlots {

    private final ExpectedTime time;
    private final List<ExpectedOrder> orders;
    private final int[] capacity;
    private final boolean[] closed;

    /** @param orders those that take places, also when others come */
    ExpectedSlots(ExpectedTime time, List<ExpectedOrder> orders, int... capacity) {
        this.time = time;
        this.orders = Collections.unmodifiableList(orders);
        this.capacity = capacity.clone();
        this.closed = new boolean[capacity.length];
    }

    List<SlotSeen> seen() {
        return IntStream.range(0, capacity.length)
                .mapToObj(slot -> new SlotSeen(capacity[slot], taken(slot), closed[slot]))
                .toList();
    }

    private int taken(int slot) {
        return orders.stream().mapToInt(order -> order.placesOf(slot)).sum();
    }

    void close(int slot, boolean close) {
        closed[slot] = close;
    }

    /** Whether it could be: not to fewer places than are taken. */
    boolean setCapacity(int slot, int places) {
        if (places < taken(slot)) {
            return false;
        }
        capacity[slot] = places;
        return true;
    }

    /** Whether the order can have all its places, beside what it has already. */
    boolean haveRoomFor(ExpectedOrder order) {
        int[] wanted = order.wanted();
        return IntStream.range(0, wanted.length)
                .allMatch(slot -> wanted[slot] == 0 || taken(slot) + wanted[slot] <= capacity[slot]);
    }

    /** Why there is nothing to ask places for: what is wrong with the first line that is. */
    Optional<String> unplannable(ExpectedOrder order) {
        for (Line line : order.content().lines()) {
            if (time.dayIsOver()) {
                return Optional.of("visit_in_past");
            }
            if (ExpectedOrder.slotsOf(line).stream().anyMatch(slot -> time.slotIsOver(slot) || closed[slot])) {
                return Optional.of("no_time_slot");
            }
        }
        return Optional.empty();
    }

    /** Why a Draft without a hold cannot have its places again; of each slot the first reason. */
    Set<String> obstacles(ExpectedOrder draft) {
        Set<String> obstacles = new TreeSet<>();
        int[] wanted = draft.wanted();
        for (int slot = 0; slot < wanted.length; slot++) {
            if (wanted[slot] > 0 && time.slotIsOver(slot)) {
                obstacles.add("visit_in_past");
            } else if (wanted[slot] > 0 && closed[slot]) {
                obstacles.add("no_time_slot");
            } else if (taken(slot) - draft.placesOf(slot) + wanted[slot] > capacity[slot]) {
                obstacles.add("capacity_exceeded");
            }
        }
        return obstacles;
    }

    /** Of a Draft that has its places now; one without a slot holds nothing. */
    Optional<Instant> holdOf(ExpectedOrder draft) {
        Instant until = time.now().plus(ExpectedTime.HOLD);
        int[] wanted = draft.wanted();
        return IntStream.range(0, wanted.length)
                .filter(slot -> wanted[slot] > 0)
                .mapToObj(time::endOf)
                .max(Comparator.naturalOrder())
                .map(end -> end.isBefore(until) ? end : until);
    }
}
