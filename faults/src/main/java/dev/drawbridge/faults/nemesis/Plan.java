package dev.drawbridge.faults.nemesis;

import java.util.Locale;

/**
 * How much of everything a run does; sums over all parts of a form.
 *
 * @param killsBySignal {@code kill -9} from outside
 * @param killsAtPoint the node halts at a fault point
 * @param stopsAtPoint the node stops at a fault point, between two steps of a piece of work
 * @param commitsLost COMMITs whose reply is lost; as many again whose request is lost
 * @param throwsAtPoint a fault of the database's kind is thrown at a fault point
 * @param restored each part ends with a restore of its backup; the build's own tests have that for the short form
 */
public record Plan(
        int orders,
        int killsBySignal,
        int killsAtPoint,
        int stops,
        int stopsAtPoint,
        int restarts,
        int postmasterKills,
        int terminations,
        int commitsLost,
        int proxyFaults,
        int clientFaults,
        int clockMoves,
        int rollingRestarts,
        int throwsAtPoint,
        boolean restored) {

    public static final Plan SHORT = new Plan(5_000, 5, 7, 1, 2, 2, 1, 6, 8, 6, 12, 2, 0, 14, false);

    /** 200 kills, 60 stops, 23 restarts, 40 lost COMMITs either way. */
    public static final Plan FULL = new Plan(100_000, 64, 136, 30, 30, 20, 3, 200, 40, 80, 200, 20, 5, 136, true);

    /** The share of one part, so that all parts together do everything exactly once. */
    public Plan part(int part, int parts) {
        return new Plan(
                share(orders, part, parts),
                share(killsBySignal, part, parts),
                share(killsAtPoint, part, parts),
                share(stops, part, parts),
                share(stopsAtPoint, part, parts),
                share(restarts, part, parts),
                share(postmasterKills, part, parts),
                share(terminations, part, parts),
                share(commitsLost, part, parts),
                share(proxyFaults, part, parts),
                share(clientFaults, part, parts),
                share(clockMoves, part, parts),
                share(rollingRestarts, part, parts),
                share(throwsAtPoint, part, parts),
                restored);
    }

    /** For a try: fewer of everything, but at least one. */
    public Plan withOrders(int count) {
        int parts = Math.max(1, orders / count);
        Plan last = part(parts, parts);
        return parts == 1 ? last : new Plan(count, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2, restored);
    }

    private static int share(int all, int part, int parts) {
        return (int) ((long) all * part / parts - (long) all * (part - 1) / parts);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d orders, %d kills (%d at fault points), %d stops (%d at fault points), %d database restarts",
                orders,
                killsBySignal + killsAtPoint,
                killsAtPoint,
                stops + stopsAtPoint,
                stopsAtPoint,
                restarts + postmasterKills);
    }
}
