package dev.drawbridge.faults.nemesis;

import static dev.drawbridge.faults.nemesis.FaultKind.CLOCK;
import static dev.drawbridge.faults.nemesis.FaultKind.DATABASE_PATH;
import static dev.drawbridge.faults.nemesis.FaultKind.DEPLOYMENT;
import static dev.drawbridge.faults.nemesis.FaultKind.HALT_AT_POINT;
import static dev.drawbridge.faults.nemesis.FaultKind.KILL;
import static dev.drawbridge.faults.nemesis.FaultKind.KILL_OF_POSTMASTER;
import static dev.drawbridge.faults.nemesis.FaultKind.LOST_COMMIT_REPLY;
import static dev.drawbridge.faults.nemesis.FaultKind.LOST_COMMIT_REQUEST;
import static dev.drawbridge.faults.nemesis.FaultKind.PARTNERS_PATH;
import static dev.drawbridge.faults.nemesis.FaultKind.RECEIVERS_PATH;
import static dev.drawbridge.faults.nemesis.FaultKind.RESTART_OF_DATABASE;
import static dev.drawbridge.faults.nemesis.FaultKind.ROLLING_RESTART;
import static dev.drawbridge.faults.nemesis.FaultKind.STOP;
import static dev.drawbridge.faults.nemesis.FaultKind.STOP_AT_POINT;
import static dev.drawbridge.faults.nemesis.FaultKind.TERMINATED_BACKENDS;
import static dev.drawbridge.faults.nemesis.FaultKind.THROW_AT_POINT;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much of everything a run does; sums over all parts of a form.
 *
 * @param times how often each kind of fault is injected; what is missing: never
 * @param restored each part ends with a restore of its backup; the build's own tests have that for the short form
 */
public record Plan(int orders, Map<FaultKind, Integer> times, boolean restored) {

    private static final int LIVENESS_ORDERS_MAX = 120;
    private static final int LIVENESS_ONE_ORDER_IN = 10;

    public static final Plan SHORT = of(5_000)
            .with(KILL, 5)
            .with(HALT_AT_POINT, 7)
            .with(STOP, 1)
            .with(STOP_AT_POINT, 2)
            .with(RESTART_OF_DATABASE, 2)
            .with(KILL_OF_POSTMASTER, 1)
            .with(TERMINATED_BACKENDS, 6)
            .with(LOST_COMMIT_REPLY, 8)
            .with(LOST_COMMIT_REQUEST, 8)
            .with(DATABASE_PATH, 6)
            .with(PARTNERS_PATH, 12)
            .with(RECEIVERS_PATH, 12)
            .with(CLOCK, 2)
            .with(THROW_AT_POINT, 14);

    /**
     * 200 kills, 60 stops and 23 restarts at least, 40 lost COMMITs either way; enough for five hits of each place and
     * one stop there, although not every turn finds somebody there in time.
     */
    public static final Plan FULL = new Plan(100_000, Map.of(), true)
            .with(KILL, 60)
            .with(HALT_AT_POINT, 144)
            .with(STOP, 24)
            .with(STOP_AT_POINT, 40)
            .with(ROLLING_RESTART, 5)
            .with(DEPLOYMENT, 1)
            .with(RESTART_OF_DATABASE, 20)
            .with(KILL_OF_POSTMASTER, 3)
            .with(TERMINATED_BACKENDS, 200)
            .with(LOST_COMMIT_REPLY, 40)
            .with(LOST_COMMIT_REQUEST, 40)
            .with(DATABASE_PATH, 80)
            .with(PARTNERS_PATH, 200)
            .with(RECEIVERS_PATH, 200)
            .with(CLOCK, 20)
            .with(THROW_AT_POINT, 152);

    public Plan {
        times = Map.copyOf(times);
    }

    /** Without a fault. */
    public static Plan of(int orders) {
        return new Plan(orders, Map.of(), false);
    }

    public Plan with(FaultKind kind, int count) {
        Map<FaultKind, Integer> more = new EnumMap<>(FaultKind.class);
        more.putAll(times);
        more.put(kind, count);
        return new Plan(orders, more, restored);
    }

    public int times(FaultKind kind) {
        return times.getOrDefault(kind, 0);
    }

    /** Of the orders those under faults: all but the last ones. */
    public int safetyOrders() {
        return orders - livenessOrders();
    }

    /** Of the orders the last ones, beside a node that is frozen for good. */
    public int livenessOrders() {
        return Math.min(LIVENESS_ORDERS_MAX, orders / LIVENESS_ONE_ORDER_IN);
    }

    /** The share of one part: together they do everything, and each does every kind at least once. */
    public Plan part(int part, int parts) {
        var share = new Plan(share(orders, part, parts), Map.of(), restored);
        for (FaultKind kind : times.keySet()) {
            share = share.with(kind, Math.max(1, share(times(kind), part, parts)));
        }
        return share;
    }

    /** For a try: fewer of everything, but at least one. */
    public Plan withOrders(int count) {
        int parts = Math.max(1, orders / count);
        var few = new Plan(count, Map.of(), restored);
        for (FaultKind kind : times.keySet()) {
            few = few.with(kind, Math.max(1, share(times(kind), parts, parts)));
        }
        return few;
    }

    private static int share(int all, int part, int parts) {
        return (int) ((long) all * part / parts - (long) all * (part - 1) / parts);
    }

    private int sum(Collection<FaultKind> kinds) {
        return kinds.stream().mapToInt(this::times).sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d orders, %d kills (%d at fault points), %d stops (%d at fault points), %d database restarts",
                orders,
                sum(FaultKind.KILLS),
                times(HALT_AT_POINT),
                sum(FaultKind.STOPS),
                times(STOP_AT_POINT),
                sum(FaultKind.RESTARTS));
    }
}
