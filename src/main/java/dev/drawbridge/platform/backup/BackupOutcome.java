package dev.drawbridge.platform.backup;

import java.nio.file.Path;
import java.util.Locale;

/** What became of a command, in one line for the person who gave it. */
public record BackupOutcome(String sentence) {

    private static final double MEGABYTE = 1_000_000;

    static BackupOutcome of(Path target, Manifest manifest, BackupPlaces places) {
        String kind = manifest.ofCluster().isPresent() ? "the database and its files" : "every row";
        String size =
                String.format(Locale.ROOT, "%d files, %.1f MB", manifest.files().size(), manifest.bytes() / MEGABYTE);
        return new BackupOutcome(
                "backed up to " + target + ": " + kind + " as of " + manifest.finishedAt() + " (" + size + ")"
                        + (manifest.has("secret") && !places.secretGiven()
                                ? "."
                                : "; DRAWBRIDGE_SECRET is not in it, keep it elsewhere."));
    }
}
