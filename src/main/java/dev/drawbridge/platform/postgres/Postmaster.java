package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running PostgreSQL, our child. */
final class Postmaster {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Recovery after a crash reads the write-ahead log since the last checkpoint: seconds, on a slow disk minutes. */
    static final Duration START_MAX = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;

    private Postmaster(Process process) {
        this.process = process;
    }

    /** Returns when it takes connections. */
    static Postmaster start(PostgresCluster cluster) {
        return start(cluster, START_MAX);
    }

    static Postmaster start(PostgresCluster cluster, Duration max) {
        try {
            var builder = new ProcessBuilder(command(cluster))
                    .directory(cluster.home().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(cluster.startLog().toFile());
            ExternalCommand.cleanse(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            var postmaster = new Postmaster(process);
            postmaster.awaitReadyOrStop(cluster, max);
            return postmaster;
        } catch (IOException failure) {
            throw new StartRefused("PostgreSQL cannot be started: " + failure, failure);
        }
    }

    private static List<String> command(PostgresCluster cluster) {
        var command = new ArrayList<>(newSession());
        command.addAll(cluster.user()
                .command(
                        cluster.binaries().postgres().toString(),
                        "-D",
                        cluster.directory().toString()));
        return command;
    }

    /** Ctrl-C goes to every process of the terminal's session: PostgreSQL must outlive our own orderly end. */
    private static List<String> newSession() {
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            return List.of("/usr/bin/setsid");
        }
        if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
            return List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127", "--");
        }
        LOG.warn("no_session: neither setsid nor perl; Ctrl-C ends the database together with the server");
        return List.of();
    }

    /** One that does not become ready, for whatever reason, does not stay: it would be in the next one's way. */
    private void awaitReadyOrStop(PostgresCluster cluster, Duration max) throws IOException {
        boolean ready = false;
        try {
            awaitReady(cluster, max);
            ready = true;
        } finally {
            if (!ready && alive()) {
                stop();
            }
        }
    }

    private void awaitReady(PostgresCluster cluster, Duration max) throws IOException {
        long started = System.nanoTime();
        for (Duration reported = Duration.ZERO; ; ) {
            if (PostmasterFile.read(cluster.directory())
                    .filter(file -> file.pid() == process.pid())
                    .filter(PostmasterFile::ready)
                    .isPresent()) {
                return;
            }
            if (waitFor(POLL)) {
                throw new StartRefused("PostgreSQL did not start: " + lastWords(cluster));
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            if (waited.compareTo(max) > 0) {
                throw new StartRefused("PostgreSQL was not ready within " + max.toMinutes() + " minutes; see "
                        + cluster.directory().resolve("log"));
            }
            if (waited.minus(reported).compareTo(PATIENCE) > 0) {
                reported = waited;
                LOG.info("database_recovering for_s={}", waited.toSeconds());
            }
        }
    }

    /** The last fatal line of PostgreSQL's own log, which begins in one file and goes on in another. */
    private static String lastWords(PostgresCluster cluster) throws IOException {
        Path log = cluster.directory().resolve("log");
        var written = new StringBuilder(Files.readString(cluster.startLog()));
        if (Files.isDirectory(log)) {
            try (Stream<Path> files = Files.list(log)) {
                Optional<Path> newest =
                        files.max(Comparator.comparingLong(file -> file.toFile().lastModified()));
                written.append(newest.isPresent() ? Files.readString(newest.get()) : "");
            }
        }
        return written.toString()
                .lines()
                .filter(line -> line.contains("FATAL"))
                .reduce((before, line) -> line)
                .map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length())
                        .strip())
                .orElseGet(() -> PostgresCluster.lastLine(written.toString()));
    }

    private boolean waitFor(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            // While this thread can wait for a polite end: once it is interrupted again, nothing but force is left.
            stop();
            Thread.currentThread().interrupt();
            throw new StartRefused("Interrupted while PostgreSQL was starting.", interrupted);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    void stop() {
        if (!Signals.end(process.toHandle())) {
            LOG.error("database_stop pid={} does not end", process.pid());
        }
    }
}
