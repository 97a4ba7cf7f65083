package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.DatabaseServer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server works with, whose backup is wanted or that is to be restored.
 *
 * @param data the data directory; absolute
 * @param external the database, where it is not the embedded one in the data directory
 * @param binaries below which the embedded PostgreSQL's programs are unpacked
 * @param secretGiven whether the secret is in the environment and not in the data directory
 */
public record BackupPlaces(Path data, Optional<DatabaseServer> external, Path binaries, boolean secretGiven) {}
