package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.backup.LastBackupStore.Kind;
import dev.drawbridge.platform.postgres.DatabaseServer;
import java.nio.file.Path;
import java.util.Locale;

/** What became of a command, in one line for the person who gave it. */
public record BackupOutcome(String sentence) {

    private static final double MEGABYTE = 1_000_000;

    /** Of a backup that is whole; the server's metric of its age is told, if that can be. */
    static BackupOutcome of(Path target, BackupContents manifest, BackupPlaces places, DatabaseServer server) {
        String kind = manifest.ofCluster().isPresent() ? "the database and its files" : "every row";
        String size =
                String.format(Locale.ROOT, "%d files, %.1f MB", manifest.files().size(), manifest.bytes() / MEGABYTE);
        return new BackupOutcome(
                "backed up to " + target + ": " + kind + " as of " + manifest.finishedAt() + " (" + size + ")"
                        + (manifest.has("secret") && !places.secretGiven()
                                ? "."
                                : "; DRAWBRIDGE_SECRET is not in it, keep it elsewhere.")
                        + noted(manifest, server));
    }

    private static String noted(BackupContents manifest, DatabaseServer server) {
        Kind kind = manifest.ofCluster().isPresent() ? Kind.FILES : Kind.ROWS;
        return LastBackupStore.noted(server, kind, manifest.finishedAt())
                ? ""
                : " The database could not note it, so the metric of the last backup's age does not know of it.";
    }
}
