package dev.drawbridge.platform.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionSystemException;

/** What a failure says about its transaction, by PostgreSQL's error codes (manual, appendix A). */
final class SqlFailure {

    /** Serialization failure, deadlock, lock time-out. */
    static final Set<String> LOST_RACES = Set.of("40001", "40P01", "55P03");

    /** Classes of a COMMIT that the server refused and said so: what deferred checks find, and lost races. */
    private static final Set<String> REFUSED_COMMITS = Set.of("22", "23", "25", "40", "42", "44", "P0");

    /** The server is going, gone, or not back yet; or it ended this session, which stood still in a transaction. */
    private static final Set<String> ENDED_SESSIONS = Set.of("57P01", "57P02", "57P03", "25P03");

    private static final String CONNECTION_CLASS = "08";

    private SqlFailure() {}

    /** Rivals met; run again, it may well succeed. */
    static boolean isLostRace(Throwable failure) {
        return failure instanceof ConcurrencyFailureException
                || state(failure).filter(LOST_RACES::contains).isPresent();
    }

    /** Before COMMIT was sent this means that nothing was stored. */
    static boolean isLostConnection(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith(CONNECTION_CLASS) || ENDED_SESSIONS.contains(state))
                .isPresent();
    }

    /** Whether the server itself said that it did not commit; silence says nothing. */
    static boolean isRefusedCommit(Throwable failure) {
        return state(failure)
                .filter(state -> REFUSED_COMMITS.contains(state.substring(0, 2)))
                .isPresent();
    }

    /** PostgreSQL's five characters, where the failure carries them. */
    static Optional<String> state(Throwable failure) {
        // A rollback on a connection that is gone fails as well, and hides why it was begun.
        Throwable first =
                failure instanceof TransactionSystemException rollback && rollback.getOriginalException() != null
                        ? rollback.getOriginalException()
                        : failure;
        for (Throwable cause = first; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() == 5) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
