package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a part of this process: its files in the data directory, on loopback only, watched and started again
 * when it dies. One live instance per data directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int START_ATTEMPTS_MAX = 5;
    private static final Duration START_PAUSE = Duration.ofSeconds(1);
    private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(5);

    /** A restore may have days of write-ahead log to read. */
    private static final Duration RECOVERY_MAX = Duration.ofHours(24);

    /** The directory of the database in the data directory. */
    static final String NAME = "postgres";

    private final DataDirectoryLock lock;
    private final PostgresCluster cluster;
    private final int port;
    private final Thread supervisor;
    private volatile Postmaster postmaster;
    private volatile boolean closing;

    private EmbeddedPostgres(DataDirectoryLock lock, PostgresCluster cluster, int port, Postmaster postmaster) {
        this.lock = lock;
        this.cluster = cluster;
        this.port = port;
        this.postmaster = postmaster;
        this.supervisor =
                Thread.ofPlatform().name("database-supervisor").daemon().unstarted(this::supervise);
    }

    /**
     * Starts the database of a data directory, whose write-ahead log is not archived, and returns when it takes
     * connections.
     *
     * @param binaries the directory below which PostgreSQL's programs are unpacked once
     * @param connectionsMax what the server lends at most, our own administration included
     * @throws StartRefused with a sentence for the person who started us
     */
    public static EmbeddedPostgres start(Path data, Path binaries, int connectionsMax) {
        return start(data, binaries, connectionsMax, Optional.empty());
    }

    /** @param walArchive the directory where the write-ahead log is kept */
    public static EmbeddedPostgres start(Path data, Path binaries, int connectionsMax, Optional<Path> walArchive) {
        Path directory = PrivateFiles.directory(data);
        DataDirectoryLock lock = DataDirectoryLock.take(directory);
        try {
            NewDataDirectory.refuseUnfinished(directory);
        } catch (RuntimeException unfinished) {
            lock.close();
            throw unfinished;
        }
        var settings = ClusterSettings.serving(connectionsMax, walArchive);
        return start(lock, directory.resolve(NAME), binaries, settings);
    }

    /** The lock is given back when the database is closed or does not start. */
    static EmbeddedPostgres start(DataDirectoryLock lock, Path place, Path binaries, ClusterSettings settings) {
        long began = System.nanoTime();
        try {
            Path home = PrivateFiles.directory(place);
            StalePostmaster.end(home.resolve("cluster"));
            PostgresCluster cluster = PostgresCluster.open(home, PostgresBinaries.unpackedBelow(binaries));
            settings.prepare(cluster);
            var database = firstStart(lock, cluster, settings);
            provision(database);
            database.supervisor.start();
            LOG.info("database_started port={} after_ms={}", database.port, millisSince(began));
            return database;
        } catch (RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    /** What is left of a killed server lets go of memory and port within moments: a refusal is not the last word. */
    private static EmbeddedPostgres firstStart(
            DataDirectoryLock lock, PostgresCluster cluster, ClusterSettings settings) {
        for (int attempt = 1; ; attempt++) {
            try {
                int port = port(cluster.home().resolve("port"));
                cluster.configure(port, settings);
                Duration max = settings.recovery().isPresent() ? RECOVERY_MAX : Postmaster.START_MAX;
                return new EmbeddedPostgres(lock, cluster, port, Postmaster.start(cluster, max));
            } catch (StartRefused refused) {
                if (attempt == START_ATTEMPTS_MAX || settings.recovery().isPresent()) {
                    throw refused;
                }
                LOG.info("database_start attempt={} {}", attempt, refused.getMessage());
                pause(START_PAUSE);
            }
        }
    }

    private static void provision(EmbeddedPostgres database) {
        try {
            ProvisioningStore.provision(database.port, database.cluster.passwords());
        } catch (RuntimeException failure) {
            database.postmaster.stop();
            throw failure;
        }
    }

    /** The port of the last time if it is free, so that a person's own tools keep their settings. */
    private static int port(Path file) {
        int before = Integer.parseInt(PrivateFiles.readOrCreate(
                file, () -> Integer.toString(freePort(0).orElseThrow())));
        int port = freePort(before).or(() -> freePort(0)).orElseThrow();
        if (port != before) {
            PrivateFiles.write(file, Integer.toString(port));
        }
        return port;
    }

    /** The wanted port, 0 for any; empty if somebody listens there. */
    private static Optional<Integer> freePort(int wanted) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return Optional.of(socket.getLocalPort());
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    public DatabaseServer server() {
        return ProvisioningStore.server(port, cluster.passwords());
    }

    /** False from the moment the database died until it takes connections again. */
    public boolean running() {
        return postmaster.alive();
    }

    private void supervise() {
        try {
            while (true) {
                postmaster.awaitExit();
                if (closing) {
                    return;
                }
                LOG.error("database_died: it is started again");
                startAgain();
            }
        } catch (InterruptedException closed) {
            LOG.debug("database_supervision ends");
        }
    }

    /** A failure, of whatever kind, is followed by another attempt: without the database nothing works. */
    private void startAgain() throws InterruptedException {
        long died = System.nanoTime();
        Duration pause = Duration.ofMillis(100);
        while (!closing) {
            try {
                postmaster = Postmaster.start(cluster);
                LOG.info("database_restarted after_ms={}", millisSince(died));
                return;
            } catch (StartRefused refused) {
                LOG.error("database_restart {}; tried again in {} ms", refused.getMessage(), pause.toMillis());
            } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
                LOG.error("database_restart failed; tried again in {} ms", pause.toMillis(), failure);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(RESTART_PAUSE_MAX) < 0 ? pause.multipliedBy(2) : RESTART_PAUSE_MAX;
        }
    }

    /** Ends the database after what runs there was rolled back; whoever uses it should have closed before. */
    @Override
    public void close() {
        closing = true;
        supervisor.interrupt();
        join();
        postmaster.stop();
        lock.close();
        LOG.info("database_stopped");
    }

    private void join() {
        try {
            supervisor.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
    }
}
