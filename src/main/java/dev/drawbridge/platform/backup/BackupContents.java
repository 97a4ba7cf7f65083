package dev.drawbridge.platform.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself.
 *
 * @param format of the backup; grows when an older Drawbridge could not read it
 * @param drawbridge the release that made it
 * @param postgresql the major version of the database
 * @param startedAt when the copying began, by the database's clock
 * @param finishedAt what was committed before is in a copy of the files; rows are those of {@code startedAt}
 * @param cluster of a copy of the files; absent in one of the rows
 * @param rows of a copy of the rows; absent in one of the files
 * @param directories that the data directory has, also empty ones, which some ways of copying forget
 * @param files everything else that is in the backup
 */
record BackupContents(
        int format,
        String drawbridge,
        String postgresql,
        Instant startedAt,
        Instant finishedAt,
        @Nullable Cluster cluster,
        @Nullable Rows rows,
        List<String> directories,
        List<File> files) {

    static final int FORMAT = 1;

    /** Below it a file for each table; everything else in a copy of the rows belongs into the data directory. */
    static final String ROWS = "rows/";

    /**
     * @param systemIdentifier tells one PostgreSQL from another
     * @param firstWal the oldest file of the write-ahead log that this backup needs of an archive
     * @param lastWal the newest one that is in it
     */
    record Cluster(String systemIdentifier, String startLsn, String stopLsn, String firstWal, String lastWal) {}

    /**
     * @param schema the number of the last migration
     * @param tables whoever refers to another comes after it
     */
    record Rows(String schema, List<Table> tables, List<Sequence> sequences) {

        Rows {
            tables = List.copyOf(tables);
            sequences = List.copyOf(sequences);
        }
    }

    /** @param columns as they stand in the file, each quoted where PostgreSQL needs it */
    record Table(String schema, String name, String columns, long rows) {

        String fullName() {
            return schema + "." + name;
        }

        String file() {
            return ROWS + fullName();
        }

        Table ofRows(long count) {
            return new Table(schema, name, columns, count);
        }
    }

    /** @param used whether the value was handed out */
    record Sequence(String schema, String name, long value, boolean used) {}

    /** @param path below the backup, and below the data directory that it restores to, with slashes */
    record File(String path, long bytes, String sha256) {}

    BackupContents {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    Optional<Cluster> ofCluster() {
        return Optional.ofNullable(cluster);
    }

    Optional<Rows> ofRows() {
        return Optional.ofNullable(rows);
    }

    boolean has(String path) {
        return find(path).isPresent();
    }

    Optional<File> find(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }
}
