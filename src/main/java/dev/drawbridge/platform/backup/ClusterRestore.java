package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.database.Migrations;
import dev.drawbridge.platform.postgres.AdministeredPostgres;
import dev.drawbridge.platform.postgres.EmbeddedPostgres;
import dev.drawbridge.platform.postgres.NewDataDirectory;
import dev.drawbridge.platform.postgres.WalRecovery;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Brings the files of a backup back to life in a new data directory. */
final class ClusterRestore {

    /** PostgreSQL's words when the write-ahead log does not reach the wanted time. */
    private static final String TOO_SHORT = "recovery ended before configured recovery target was reached";

    private final BackupPlaces places;
    private final Path backup;
    private final BackupContents manifest;
    private final BackupContents.Cluster cluster;

    ClusterRestore(BackupPlaces places, Path backup, BackupContents manifest, BackupContents.Cluster cluster) {
        this.places = places;
        this.backup = backup;
        this.manifest = manifest;
        this.cluster = cluster;
    }

    /** The moment whose database it is now. */
    Instant run(Optional<Path> wal, Optional<Instant> until) throws IOException {
        if (!manifest.postgresql().equals(AdministeredPostgres.majorVersion())) {
            throw new StartRefused("The backup is of PostgreSQL " + manifest.postgresql()
                    + ", this Drawbridge brings PostgreSQL " + AdministeredPostgres.majorVersion()
                    + "; restore it with Drawbridge " + manifest.drawbridge() + ", and take one with --logical there.");
        }
        if (until.filter(manifest.finishedAt()::isAfter).isPresent()) {
            throw new StartRefused("The backup was finished at " + manifest.finishedAt()
                    + "; for an earlier time restore an earlier backup.");
        }
        var recovery = new WalRecovery(
                new WalRecovery.Copy(cluster.systemIdentifier(), cluster.stopLsn(), cluster.lastWal()), wal, until);
        recovery.check();
        try (NewDataDirectory target = NewDataDirectory.make(places.data())) {
            for (String directory : manifest.directories()) {
                CheckedCopy.directory(target.place(directory));
            }
            for (BackupContents.File file : manifest.files()) {
                CheckedCopy.restore(backup, file, target);
            }
            Instant reached = recovered(target, recovery);
            target.finish();
            return reached;
        }
    }

    private Instant recovered(NewDataDirectory target, WalRecovery recovery) {
        try (EmbeddedPostgres postgres = target.start(places.binaries(), Optional.of(recovery))) {
            var store = new RestoredStore(postgres.server());
            Instant reached = recovery.until()
                    .or(store::lastCommit)
                    .filter(manifest.finishedAt()::isBefore)
                    .orElse(manifest.finishedAt());
            Migrations.run(postgres.server());
            store.afterRestore();
            return reached;
        } catch (StartRefused refused) {
            if (String.valueOf(refused.getMessage()).contains(TOO_SHORT)) {
                throw new StartRefused(
                        "The write-ahead log in " + recovery.archive().orElse(backup)
                                + " ends before that time; leave --until out to restore as far as it goes.",
                        refused);
            }
            throw refused;
        }
    }
}
