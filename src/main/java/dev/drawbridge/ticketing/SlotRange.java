package dev.drawbridge.ticketing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Which part of a list of slots is read.
 *
 * @param from first day, inclusive
 * @param until last day, inclusive
 * @param after the list goes on behind this one
 */
record SlotRange(LocalDate from, LocalDate until, Position after) {

    /** A place in the order by start. */
    record Position(Instant startsAt, UUID slotId) {

        /** Before all slots: no slot starts at, or before, this. */
        static final Position BEGINNING = new Position(Instant.EPOCH, new UUID(0, 0));
    }
}
