package dev.drawbridge.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a short command of the operating system or of PostgreSQL to its end. */
final class ExternalCommand {

    private static final int SECONDS_MAX = 120;

    /** How it ended; a command that does not exist, or does not end in time, did not succeed. */
    record Outcome(boolean succeeded, String output) {}

    private ExternalCommand() {}

    static Outcome run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        cleanse(builder.environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(false, command.getFirst() + " did not end in " + SECONDS_MAX + " s");
            }
            return new Outcome(process.exitValue() == 0, output.strip());
        } catch (IOException failure) {
            return new Outcome(false, failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome(false, "interrupted");
        }
    }

    /** Nothing of the caller's environment may steer PostgreSQL: PGDATA, PGPORT, locales, preloaded libraries. */
    static void cleanse(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
    }
}
