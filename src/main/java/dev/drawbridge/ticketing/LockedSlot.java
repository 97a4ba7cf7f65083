package dev.drawbridge.ticketing;

import java.time.Instant;
import java.util.UUID;

/** A slot that this transaction holds the lock of: nobody else gives its places until it ends. */
public record LockedSlot(UUID slotId, Instant endsAt, int capacity, int taken, boolean closed) {}
