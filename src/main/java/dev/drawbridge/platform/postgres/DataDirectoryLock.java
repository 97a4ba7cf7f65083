package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One live server per data directory. The operating system unlocks it when the process ends, however it ends. */
final class DataDirectoryLock implements AutoCloseable {

    /**
     * What this process has locked. A file lock belongs to the process: to close a second channel on the same file
     * would give the first one's lock away, so the second must not be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DataDirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DataDirectoryLock take(Path directory) {
        Path file = directory.resolve("lock");
        if (!HELD.add(file)) {
            throw inUse(directory, null);
        }
        try {
            return new DataDirectoryLock(file, locked(directory, file));
        } catch (RuntimeException refused) {
            HELD.remove(file);
            throw refused;
        }
    }

    /** Whether a server is running on the directory. */
    static boolean isHeld(Path directory) {
        try {
            take(directory).close();
            return false;
        } catch (StartRefused inUse) {
            return true;
        }
    }

    private static FileChannel locked(Path directory, Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(directory, null);
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return channel;
        } catch (IOException failure) {
            throw inUse(directory, failure);
        }
    }

    private static StartRefused inUse(Path directory, @Nullable IOException cause) {
        if (cause != null) {
            return new StartRefused("The data directory " + directory + " cannot be locked: " + cause, cause);
        }
        return new StartRefused("Another Drawbridge is running on the data directory " + directory
                + "; stop it, or choose another directory with --data.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // The lock goes with the process at the latest.
        } finally {
            HELD.remove(file);
        }
    }
}
