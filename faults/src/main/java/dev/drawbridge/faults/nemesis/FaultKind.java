package dev.drawbridge.faults.nemesis;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be injected. */
public enum FaultKind {
    /** {@code kill -9} from outside. */
    KILL,
    /** The node halts between two steps of a piece of work. */
    HALT_AT_POINT,
    STOP,
    STOP_AT_POINT,
    /** Each node in its turn ends politely and starts again. */
    ROLLING_RESTART,
    /** A next version comes, node by node, with a migration. */
    DEPLOYMENT,
    RESTART_OF_DATABASE,
    KILL_OF_POSTMASTER,
    TERMINATED_BACKENDS,
    LOST_COMMIT_REPLY,
    LOST_COMMIT_REQUEST,
    DATABASE_PATH,
    PARTNERS_PATH,
    RECEIVERS_PATH,
    CLOCK,
    /** A fault of the database's kind is thrown between two steps of a piece of work. */
    THROW_AT_POINT;

    static final Set<FaultKind> KILLS = EnumSet.of(KILL, HALT_AT_POINT);
    static final Set<FaultKind> STOPS = EnumSet.of(STOP, STOP_AT_POINT);
    static final Set<FaultKind> RESTARTS = EnumSet.of(RESTART_OF_DATABASE, KILL_OF_POSTMASTER);

    /** Whether it happens to nodes; those come one after the other, beside all else. */
    boolean happensToNodes() {
        return compareTo(DEPLOYMENT) <= 0;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
