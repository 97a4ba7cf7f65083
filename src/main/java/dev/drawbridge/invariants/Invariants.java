package dev.drawbridge.invariants;

import dev.drawbridge.invariants.Invariant.Part;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.ticketing.Reservations.SlotCount;
import dev.drawbridge.webhooks.Events;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Every invariant that is asked; docs/operations.md says what each one means and what to do first. */
@Component
class Invariants {

    private static final int SLOTS_MAX = 200;
    private static final int STRANDED_MAX = 1_000;

    private final Map<String, Invariant> byName;

    @Autowired
    Invariants(Reservations reservations, Events events, OrderInvariants orders) {
        this(Stream.concat(
                        Stream.of(
                                slots("slot_counter", reservations, slot -> slot.taken() != slot.reserved()),
                                slots("slot_oversold", reservations, slot -> slot.reserved() > slot.capacity()),
                                new Invariant(
                                        "delivery_lane",
                                        (transaction, after) ->
                                                Part.whole(events.stranded(transaction, STRANDED_MAX)))),
                        orders.all().stream())
                .toList());
    }

    Invariants(List<Invariant> all) {
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(Invariant::name, Function.identity()));
    }

    Set<String> names() {
        return byName.keySet();
    }

    Invariant named(String name) {
        Invariant invariant = byName.get(name);
        if (invariant == null) {
            throw new IllegalArgumentException("No invariant " + name);
        }
        return invariant;
    }

    private static Invariant slots(String name, Reservations reservations, Predicate<SlotCount> broken) {
        return new Invariant(name, (transaction, after) -> {
            List<SlotCount> part = reservations.counts(transaction, after, SLOTS_MAX);
            return Part.of(part, SLOTS_MAX, SlotCount::slot, broken);
        });
    }
}
