package dev.drawbridge.platform.faults;

import java.time.Instant;

/** What the nodes of the run read in place of their own clock, which is wrong there by so many milliseconds. */
public final class NodeClock {

    private static final long OFFSET_MILLIS = Long.getLong("faults.clock", 0);

    private NodeClock() {}

    /** In place of System's. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + OFFSET_MILLIS;
    }

    /** In place of Instant's. */
    public static Instant now() {
        return Instant.now().plusMillis(OFFSET_MILLIS);
    }
}
