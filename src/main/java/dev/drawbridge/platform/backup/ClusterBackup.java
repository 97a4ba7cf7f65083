package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.AdministeredPostgres;
import dev.drawbridge.platform.postgres.BaseBackup;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Copies the files of the embedded database, of a server that runs or not, and what the server keeps beside it. The
 * copy needs nothing else: the write-ahead log that makes it whole is in it.
 */
public final class ClusterBackup {

    private static final String HOME = "postgres/";
    private static final String CLUSTER = HOME + "cluster/";

    private final BackupPlaces places;

    public ClusterBackup(BackupPlaces places) {
        this.places = places;
    }

    /**
     * @param target a directory that does not exist
     * @throws StartRefused with a sentence for the person who wants the backup
     */
    public BackupOutcome take(Path target) {
        if (places.external().isPresent()) {
            throw new StartRefused("DRAWBRIDGE_DATABASE_URL names a database that is not ours to copy; back it up with"
                    + " its own tools, or its rows with --logical.");
        }
        try (BackupDirectory backup = BackupDirectory.begin(target, places.data());
                AdministeredPostgres postgres = AdministeredPostgres.of(places.data(), places.binaries())) {
            BackupContents manifest = copied(postgres, backup);
            return BackupOutcome.of(backup.finish(manifest), manifest, places, postgres.server());
        } catch (IOException failure) {
            throw new StartRefused("The backup cannot be written: " + failure, failure);
        }
    }

    private BackupContents copied(AdministeredPostgres postgres, BackupDirectory backup) throws IOException {
        Path cluster = postgres.cluster();
        try (BaseBackup base = postgres.beginBackup()) {
            ClusterFiles content = ClusterFiles.of(cluster);
            for (String directory : content.directories()) {
                backup.addDirectory(CLUSTER + directory);
            }
            for (String file : content.files()) {
                backup.copyIfThere(CLUSTER + file, cluster.resolve(file));
            }
            backup.add(CLUSTER + ClusterFiles.CONTROL_FILE, out -> out.write(ClusterFiles.control(cluster)));
            BaseBackup.End end = base.end();
            backup.add(CLUSTER + "backup_label", out -> out.write(end.label().getBytes(StandardCharsets.UTF_8)));
            for (String file : end.walFiles()) {
                backup.add(CLUSTER + "pg_wal/" + file, CheckedCopy.of(cluster.resolve("pg_wal", file)));
            }
            for (String file : end.histories()) {
                backup.add(CLUSTER + "pg_wal/" + file, CheckedCopy.of(cluster.resolve("pg_wal", file)));
            }
            backup.add(HOME + "passwords", CheckedCopy.of(cluster.resolveSibling("passwords")));
            backup.addOwnFiles(places.data());
            return new BackupContents(
                    BackupContents.FORMAT,
                    BackupDirectory.release(),
                    AdministeredPostgres.majorVersion(),
                    end.startedAt(),
                    end.finishedAt(),
                    new BackupContents.Cluster(
                            postgres.systemIdentifier(),
                            end.startLsn(),
                            end.stopLsn(),
                            end.walFiles().getFirst(),
                            end.walFiles().getLast()),
                    null,
                    backup.directories(),
                    backup.files());
        }
    }
}
