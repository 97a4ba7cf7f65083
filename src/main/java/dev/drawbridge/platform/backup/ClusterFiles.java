package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The files of a running PostgreSQL that belong into a copy, as its manual lists them ("Making a Base Backup Using the
 * Low Level API", "Backing Up the Data Directory").
 *
 * @param directories below the cluster, also those whose content stays behind
 * @param files below the cluster, without the control file
 */
record ClusterFiles(List<String> directories, List<String> files) {

    static final String CONTROL_FILE = "global/pg_control";

    /** Made anew at a start, or of use to the running server only. {@code log} is not data. */
    private static final Set<String> CONTENT_STAYS = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans",
            "log");

    private static final Set<String> STAYS = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "postgresql.auto.conf.tmp",
            "current_logfiles",
            "current_logfiles.tmp",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "recovery.signal",
            "standby.signal",
            "backup_manifest",
            CONTROL_FILE);

    private static final int READS_MAX = 100;

    ClusterFiles {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    static ClusterFiles of(Path cluster) throws IOException {
        List<String> directories = new ArrayList<>();
        List<String> files = new ArrayList<>();
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String path = cluster.relativize(directory).toString();
                if (directory.getFileName().toString().startsWith("pgsql_tmp")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!path.isEmpty()) {
                    directories.add(path);
                }
                return CONTENT_STAYS.contains(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = cluster.relativize(file).toString();
                if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
                    // The write-ahead log on a disk of its own; a tablespace was refused before.
                    directories.add(path);
                } else if (belongs(path, file.getFileName().toString())) {
                    files.add(path);
                }
                return FileVisitResult.CONTINUE;
            }

            // What a running PostgreSQL removes while we look; anything else would be a hole in the backup.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return new ClusterFiles(directories, files);
    }

    private static boolean belongs(String path, String name) {
        return !STAYS.contains(path) && !name.startsWith("pgsql_tmp") && !name.startsWith("pg_internal.init");
    }

    /**
     * The control file as it was at one moment: PostgreSQL writes it while we read, and a reader may see half of
     * either.
     */
    static byte[] control(Path cluster) {
        try {
            byte[] before = Files.readAllBytes(cluster.resolve(CONTROL_FILE));
            for (int read = 0; read < READS_MAX; read++) {
                byte[] again = Files.readAllBytes(cluster.resolve(CONTROL_FILE));
                if (Arrays.equals(before, again)) {
                    return again;
                }
                before = again;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        throw new StartRefused("The database's control file changes all the time; try again.");
    }
}
