package dev.drawbridge.platform.postgres;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a postmaster: politely, firmly, by force. What is committed is safe in all three. */
final class Signals {

    /** Roll back what runs, write a checkpoint: the next start has nothing to recover. */
    private static final Duration FAST_SHUTDOWN_MAX = Duration.ofSeconds(20);

    /** Stop at once; the next start recovers. */
    private static final Duration IMMEDIATE_SHUTDOWN_MAX = Duration.ofSeconds(5);

    private static final Duration KILL_MAX = Duration.ofSeconds(5);

    private Signals() {}

    /** Whether it is gone. */
    static boolean end(ProcessHandle postmaster) {
        return sendAndWait(postmaster, "INT", FAST_SHUTDOWN_MAX)
                || sendAndWait(postmaster, "QUIT", IMMEDIATE_SHUTDOWN_MAX)
                || sendAndWait(postmaster, "KILL", KILL_MAX);
    }

    private static boolean sendAndWait(ProcessHandle process, String signal, Duration max) {
        // Java itself sends TERM and KILL only; TERM would have PostgreSQL wait for its clients.
        ExternalCommand.run(List.of("sh", "-c", "kill -s " + signal + " " + process.pid()));
        try {
            process.onExit().get(max.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return !process.isAlive();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
