package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Makes a new data directory of a backup of either kind, with the database in it or in a server elsewhere. */
public final class Restoration {

    private final BackupPlaces places;

    public Restoration(BackupPlaces places) {
        this.places = places;
    }

    /**
     * @param wal a directory with the write-ahead log since the backup
     * @param until as far as it is wanted; only with {@code wal}
     * @throws StartRefused with a sentence for the person who wants the restore; nothing is left behind then
     */
    public BackupOutcome of(Path directory, Optional<Path> wal, Optional<Instant> until) {
        Path backup = directory.toAbsolutePath().normalize();
        BackupContents manifest = BackupDirectory.read(backup);
        try {
            Instant reached = restored(backup, manifest, wal, until);
            return new BackupOutcome("restored to " + places.data() + ": "
                    + (places.external().isPresent() ? "the rows are in the external database, as of " : "as of ")
                    + reached + (manifest.has("secret") ? secretAdvice() : "; " + SECRET_MISSING));
        } catch (IOException failure) {
            throw new StartRefused("The backup cannot be restored: " + failure, failure);
        }
    }

    private static final String SECRET_MISSING =
            "the backup has no secret, start with the DRAWBRIDGE_SECRET of then or no API key works.";

    private String secretAdvice() {
        return places.external().isPresent()
                ? "; set DRAWBRIDGE_SECRET to what " + places.data().resolve("secret") + " holds."
                : ".";
    }

    private Instant restored(Path backup, BackupContents manifest, Optional<Path> wal, Optional<Instant> until)
            throws IOException {
        if (manifest.ofCluster().isPresent()) {
            if (places.external().isPresent()) {
                throw new StartRefused("This is a backup of the embedded database's files, and DRAWBRIDGE_DATABASE_URL"
                        + " names another database; unset it, or take a backup with --logical.");
            }
            return new ClusterRestore(
                            places, backup, manifest, manifest.ofCluster().get())
                    .run(wal, until);
        }
        if (wal.isPresent()) {
            throw new StartRefused("This is a backup of the rows, which no write-ahead log goes on from;"
                    + " leave --wal and --until out.");
        }
        BackupContents.Rows rows = manifest.ofRows()
                .orElseThrow(() -> new StartRefused("The manifest in " + backup + " names no content."));
        new RowsRestore(places, backup, manifest, rows).run();
        return manifest.startedAt();
    }
}
