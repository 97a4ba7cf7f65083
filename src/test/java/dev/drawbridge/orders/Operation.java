package dev.drawbridge.orders;

import java.util.List;

/**
 * What somebody does to orders, of the few kinds and with the few values that random lists are made of. A reference
 * means the last order that was placed under it.
 */
sealed interface Operation {

    /** One request of a partner that may come with an {@code Idempotency-Key}, and then again. */
    sealed interface Request extends Operation {
        int reference();

        boolean keyed();
    }

    record Create(int reference, Content content, boolean sync, boolean keyed) implements Request {}

    record Replace(int reference, Content content, boolean sync, boolean keyed) implements Request {}

    record Confirm(int reference, boolean keyed) implements Request {}

    record Cancel(int reference) implements Operation {}

    /** An operator wants the order issued now. */
    record ProcessNow(int reference) implements Operation {}

    /** The last request that had a key, again; or another one under its key. */
    record Repeat(boolean changed) implements Operation {}

    /** A worker claims what is due; what it had claimed before it forgets, as if it had died. */
    record Claim(int worker, boolean all) implements Operation {}

    /** A worker issues what it has claimed, however long ago that was. */
    record Issue(int worker) implements Operation {}

    /** A worker claims what is due and issues it, as it does all day. */
    record Work(int worker) implements Operation {}

    /** A node claims what is due, begins, and dies of it; so does the next one, once the leases are over. */
    record Crash(int nodes) implements Operation {}

    record EndHolds() implements Operation {}

    record Wait(Time until) implements Operation {}

    record SetCapacity(int slot, int capacity) implements Operation {}

    record Close(int slot, boolean closed) implements Operation {}

    /** How far the clock is moved; never backwards. */
    enum Time {
        LEASE_IS_OVER,
        HOLD_IS_OVER,
        /** Half past nine of the day of all visits. */
        MORNING,
        /** The first slot has ended. */
        NOON,
        DAY_AFTER
    }

    record Content(boolean paid, List<Line> lines) {

        public Content {
            lines = List.copyOf(lines);
        }
    }

    record Line(Ware ware, int quantity, Hour hour) {}

    enum Hour {
        TEN,
        TWO
    }

    /** What is sold. */
    enum Ware {
        ENTRY,
        /** One ticket for the whole group. */
        GROUP,
        /** A ticket for two admissions: a place of each. */
        BOTH,
        /** A coupon, which takes no place. */
        COFFEE,
        /** A ticket and a coupon in one wallet. */
        BUNDLE
    }
}
