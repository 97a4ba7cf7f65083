package dev.drawbridge.ticketing;

import java.util.Arrays;
import java.util.Optional;

/** How an admission takes guests in. */
public enum EntryKind {
    /** Slots within a day; a ticket is bound to the one of its time. */
    TIMED,
    /** One slot a day; the time of a visit does not matter. */
    DAY,
    /** No slots and no capacity: a ticket opens it as long as it is valid. */
    OPEN;

    static Optional<EntryKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }
}
