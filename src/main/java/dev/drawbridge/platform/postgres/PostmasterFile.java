package dev.drawbridge.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid} that a running PostgreSQL keeps in its directory.
 *
 * @param ready whether it takes connections
 */
record PostmasterFile(long pid, boolean ready) {

    /** PostgreSQL, "Database File Layout" and miscadmin.h: line 1 is the process id, line 8 the status. */
    private static final int STATUS_LINE = 8;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty where no file is, or one that is just being written. */
    static Optional<PostmasterFile> read(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(in(cluster));
            boolean ready = lines.size() >= STATUS_LINE
                    && lines.get(STATUS_LINE - 1).strip().equals("ready");
            return Optional.of(
                    new PostmasterFile(Long.parseLong(lines.getFirst().strip()), ready));
        } catch (IOException | RuntimeException absentOrHalfWritten) {
            return Optional.empty();
        }
    }
}
