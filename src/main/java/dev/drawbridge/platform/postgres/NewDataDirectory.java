package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data directory that a restore is making. Its database has another name until the restore is finished, which is one
 * rename; no server starts on it before. What is closed unfinished is emptied again.
 */
public final class NewDataDirectory implements AutoCloseable {

    private static final String UNFINISHED = "postgres.restoring";

    /** What an empty directory may hold: our lock, and what a file system puts at its root. */
    private static final Set<String> NOTHING = Set.of("lock", "lost+found");

    private static final int CONNECTIONS_MAX = 20;

    private final Path directory;
    private final DataDirectoryLock lock;
    private boolean finished;

    private NewDataDirectory(Path directory, DataDirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** @throws StartRefused unless the directory is empty or does not exist */
    public static NewDataDirectory make(Path data) {
        Path directory = PrivateFiles.directory(data);
        DataDirectoryLock lock = DataDirectoryLock.take(directory);
        try {
            if (!contentOf(directory).isEmpty()) {
                throw new StartRefused("The directory " + directory
                        + " is not empty; a restore makes a new data directory, name another one with --data.");
            }
            PrivateFiles.directory(directory.resolve(UNFINISHED));
            return new NewDataDirectory(directory, lock);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure instanceof StartRefused refused ? refused : unusable(directory, failure);
        }
    }

    static void refuseUnfinished(Path directory) {
        if (Files.exists(directory.resolve(UNFINISHED))) {
            throw new StartRefused("A restore into " + directory
                    + " was begun and not finished; empty the directory and restore again.");
        }
    }

    public Path directory() {
        return directory;
    }

    /** Where a file of a data directory belongs in this one. */
    public Path place(String file) {
        Path place = directory
                .resolve(
                        file.startsWith(EmbeddedPostgres.NAME + "/")
                                ? UNFINISHED + file.substring(EmbeddedPostgres.NAME.length())
                                : file)
                .normalize();
        if (!place.startsWith(directory) || place.equals(directory)) {
            throw new StartRefused("The backup names a file outside itself: " + file);
        }
        return place;
    }

    /**
     * Starts the database: a new one, or that of the files that were placed here. It must be closed before this is.
     *
     * @param recovery where files were placed
     */
    public EmbeddedPostgres start(Path binaries, Optional<WalRecovery> recovery) {
        return EmbeddedPostgres.start(
                lock, directory.resolve(UNFINISHED), binaries, ClusterSettings.recovering(CONNECTIONS_MAX, recovery));
    }

    /** From here on it is a data directory like any other. */
    public void finish() {
        Path home = directory.resolve(UNFINISHED);
        try {
            if (Files.exists(home.resolve("cluster"))) {
                Files.deleteIfExists(home.resolve("restore-wal"));
                Files.move(home, directory.resolve(EmbeddedPostgres.NAME), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.delete(home);
            }
            PrivateFiles.force(directory);
            finished = true;
        } catch (IOException failure) {
            throw unusable(directory, failure);
        }
    }

    @Override
    public void close() {
        try {
            if (!finished) {
                for (Path each : contentOf(directory)) {
                    PostgresBinaries.delete(each);
                }
            }
        } catch (IOException failure) {
            throw unusable(directory, failure);
        } finally {
            lock.close();
        }
    }

    private static List<Path> contentOf(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            return content.filter(each -> !NOTHING.contains(each.getFileName().toString()))
                    .toList();
        }
    }

    private static StartRefused unusable(Path directory, Exception failure) {
        return new StartRefused("The directory " + directory + " cannot be used: " + failure, failure);
    }
}
