package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Phase C: no faults any more, no new orders, until nothing is left to do.
 *
 * @param connection to the database that is to come to rest
 */
record Quiet(Stage stage, Connection connection) {

    private static final Duration ORDERS_MAX = Duration.ofSeconds(60);
    private static final Duration WEBHOOKS_MAX = Duration.ofMinutes(4);

    private interface Condition {
        boolean holds() throws SQLException;
    }

    /**
     * Returns when it is quiet, or time is over: what is still there then is stuck, and the checks find it.
     *
     * @param when for the report; empty: at the end of the faults
     */
    void await(String when) throws SQLException, InterruptedException {
        await("orders " + when, ORDERS_MAX, () -> left() == 0);
        // The slow receiver's are many.
        await("webhooks " + when, WEBHOOKS_MAX, () -> stage.webhooks().pending(connection) == 0);
    }

    private void await(String what, Duration max, Condition condition) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - began < max.toNanos()) {
            Thread.sleep(500);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        stage.tally().longest("wait until nothing was left, s: " + what.strip(), seconds);
        Progress.say("phase C, quiet: nothing left of " + what.strip() + ", " + seconds + " s");
    }

    private long left() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select (select count(*) from orders.issuance_jobs)
                             + (select count(*) from orders.hold_expiries where due_at <= platform.now())
                             + (select count(*) from platform.change_log where pos is null)
                        """)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
