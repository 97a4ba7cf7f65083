package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a server that was killed: it runs on without anybody. The lock on the data directory is ours, so
 * nobody needs it; it is ended, and a new one started that this process watches.
 */
final class StalePostmaster {

    private static final Logger LOG = LoggerFactory.getLogger(StalePostmaster.class);

    private StalePostmaster() {}

    static void end(Path cluster) {
        Optional<ProcessHandle> named = PostmasterFile.read(cluster).flatMap(file -> ProcessHandle.of(file.pid()));
        if (named.isEmpty()) {
            return;
        }
        ProcessHandle process = named.get();
        if (runs(process, cluster)) {
            LOG.warn("stale_postmaster pid={}: an earlier run was killed, its database is ended", process.pid());
            if (!Signals.end(process)) {
                throw new StartRefused("The database process " + process.pid()
                        + " of an earlier run does not end; end it and start again.");
            }
            return;
        }
        forget(cluster, process);
    }

    /** The number belongs to another program by now, which PostgreSQL would take for itself and refuse to start. */
    private static void forget(Path cluster, ProcessHandle stranger) {
        try {
            LOG.info("stale_postmaster_file pid={} belongs to another program now", stranger.pid());
            Files.deleteIfExists(PostmasterFile.in(cluster));
        } catch (IOException failure) {
            throw new StartRefused(
                    "The file " + PostmasterFile.in(cluster) + " cannot be removed: " + failure, failure);
        }
    }

    /** Whether the process really is a postgres that was started on this directory: numbers are used again. */
    private static boolean runs(ProcessHandle process, Path cluster) {
        String commandLine = process.info().commandLine().orElse("");
        return commandLine.contains("postgres") && commandLine.contains("-D " + cluster);
    }
}
