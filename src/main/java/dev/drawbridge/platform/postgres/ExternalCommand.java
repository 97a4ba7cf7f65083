package dev.drawbridge.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a short command of the operating system or of PostgreSQL to its end. */
final class ExternalCommand {

    private static final Duration TIME_MAX = Duration.ofMinutes(2);

    /** How it ended; a command that does not exist, or does not end in time, did not succeed. */
    record Outcome(boolean succeeded, String output) {}

    private ExternalCommand() {}

    static Outcome run(List<String> command) {
        return run(command, TIME_MAX);
    }

    /**
     * An interrupt of before does not keep it from running: what ends a database must do so in a thread that is itself
     * to end.
     *
     * @param max after which it is ended by force, with what it has started
     */
    static Outcome run(List<String> command, Duration max) {
        boolean interruptedBefore = Thread.interrupted();
        try {
            return outcome(command, System.nanoTime() + max.toNanos());
        } catch (TimeoutException tooLong) {
            return new Outcome(false, command.getFirst() + " did not end in " + max.toSeconds() + " s");
        } catch (IOException | ExecutionException failure) {
            return new Outcome(false, failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome(false, "interrupted");
        } finally {
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome outcome(List<String> command, long deadline)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        cleanse(builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            // Read beside the wait: a full pipe would hold the command up, and its end is only there with the
            // command's.
            var output = new FutureTask<>(() -> process.getInputStream().readAllBytes());
            Thread.ofPlatform().name("command-output").daemon().start(output);
            byte[] bytes = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return new Outcome(process.exitValue() == 0, new String(bytes, StandardCharsets.UTF_8).strip());
        } finally {
            destroy(process);
        }
    }

    private static void destroy(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Nothing of the caller's environment may steer PostgreSQL: PGDATA, PGPORT, locales, preloaded libraries. */
    static void cleanse(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
    }
}
