package dev.drawbridge.ticketing;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * In what the stored slots of an admission differ from what the setup wants. A slot that has ended is history: it is
 * neither added, nor changed, nor removed.
 *
 * @param missing wanted, and not stored
 * @param deviating stored, and not as wanted; they are compared again once they are locked
 */
record SlotDifference(List<PlannedSlot> missing, List<UUID> deviating, Map<PlannedSlot.Opening, PlannedSlot> wanted) {

    static SlotDifference between(List<PlannedSlot> wantedSlots, List<KnownSlot> known, Instant now) {
        Map<PlannedSlot.Opening, PlannedSlot> wanted =
                wantedSlots.stream().collect(toMap(PlannedSlot::opening, Function.identity()));
        Set<PlannedSlot.Opening> stored = known.stream().map(KnownSlot::opening).collect(toSet());
        List<PlannedSlot> missing = wantedSlots.stream()
                .filter(slot -> now.isBefore(slot.endsAt()) && !stored.contains(slot.opening()))
                .toList();
        var difference = new SlotDifference(missing, List.of(), wanted);
        List<UUID> deviating = known.stream()
                .filter(slot -> difference.isObsolete(slot, now)
                        || difference.correction(slot, now).isPresent())
                .map(KnownSlot::id)
                .toList();
        return new SlotDifference(missing, deviating, wanted);
    }

    /** Whether the slot is to be removed, unless somebody has taken places. */
    boolean isObsolete(KnownSlot slot, Instant now) {
        return !slot.slot().hasEnded(now) && !wanted.containsKey(slot.opening()) && slot.isRemovable();
    }

    /** The slot as it has to be, if it is not so already. */
    Optional<KnownSlot> correction(KnownSlot slot, Instant now) {
        if (slot.slot().hasEnded(now)) {
            return Optional.empty();
        }
        PlannedSlot planned = wanted.get(slot.opening());
        KnownSlot right = planned == null ? slot.withdrawn() : slot.inLineWith(planned);
        return Optional.of(right).filter(corrected -> !corrected.equals(slot));
    }
}
