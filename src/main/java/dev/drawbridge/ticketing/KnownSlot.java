package dev.drawbridge.ticketing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A slot as it is stored, with where its values come from.
 *
 * @param schedule the row that gave it its values, as written; {@link #NO_SCHEDULE} when that row is gone
 * @param changedByHand an operator has set its capacity or closed it, since that row gave it its values
 */
record KnownSlot(Slot slot, String schedule, boolean changedByHand) {

    static final String NO_SCHEDULE = "";

    UUID id() {
        return slot.slotId();
    }

    PlannedSlot.Opening opening() {
        return new PlannedSlot.Opening(slot.date(), slot.start());
    }

    /**
     * The slot as it has to be now that the setup wants it so; equal to this one when nothing has to change. A change
     * of its schedule row gives it that row's values; without one, what was changed by hand stays. A capacity below
     * what is taken stops at that.
     */
    KnownSlot inLineWith(PlannedSlot wanted) {
        boolean keepsValues = changedByHand && schedule.equals(wanted.schedule());
        int capacity = keepsValues ? slot.capacity() : Math.max(wanted.capacity(), slot.taken());
        boolean closed = keepsValues && slot.closed();
        return new KnownSlot(
                with(wanted.startsAt(), wanted.endsAt(), capacity, closed), wanted.schedule(), keepsValues);
    }

    /**
     * The slot as it has to be now that no schedule gives it any more, if it cannot be removed: closed, and without a
     * schedule, so that it opens again when its row comes back. What an operator changes after that stays.
     */
    KnownSlot withdrawn() {
        if (schedule.equals(NO_SCHEDULE)) {
            return this;
        }
        return new KnownSlot(with(slot.startsAt(), slot.endsAt(), slot.capacity(), true), NO_SCHEDULE, false);
    }

    /** Whether it goes, unless somebody has taken places: no schedule gives it, and no operator has kept it. */
    boolean isRemovable() {
        return !(schedule.equals(NO_SCHEDULE) && changedByHand);
    }

    /** The slot as an operator wants it; who wants it as it is changes nothing. */
    KnownSlot changedByHand(Optional<Integer> capacity, Optional<Boolean> closed) {
        Slot changed =
                with(slot.startsAt(), slot.endsAt(), capacity.orElse(slot.capacity()), closed.orElse(slot.closed()));
        return changed.equals(slot) ? this : new KnownSlot(changed, schedule, true);
    }

    private Slot with(Instant startsAt, Instant endsAt, int capacity, boolean closed) {
        return new Slot(
                slot.slotId(),
                slot.admissionKey(),
                slot.date(),
                slot.start(),
                startsAt,
                endsAt,
                capacity,
                slot.taken(),
                closed);
    }
}
