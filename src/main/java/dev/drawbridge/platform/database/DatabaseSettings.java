package dev.drawbridge.platform.database;

import dev.drawbridge.platform.server.StartRefused;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database, and how many connections this node may open to it.
 *
 * @param url of a PostgreSQL server ({@code postgres://}, {@code postgresql://} or {@code jdbc:postgresql://}); empty:
 *     the embedded one
 * @param user the application's role there; must not own anything nor bypass row-level security
 * @param ownerUser the role that owns the schemas; empty: somebody else runs the migrations
 * @param allowUnsafe start although a power cut could lose what was acknowledged
 * @param binaries where the embedded PostgreSQL's programs are unpacked; empty: in the data directory
 * @param walArchive where the embedded PostgreSQL's write-ahead log is kept; empty: nowhere
 * @param poolSize connections of this node. Transactions last about 2 ms and wait for the disk, so a few per core keep
 *     two to eight cores busy; more only queue on hot rows (measured: one row is updated 1,774 times a second by one
 *     writer and 656 times by 64)
 */
@ConfigurationProperties(prefix = "drawbridge.database", ignoreUnknownFields = false)
record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("") String ownerUser,
        @DefaultValue("") String ownerPassword,
        @DefaultValue("false") boolean allowUnsafe,
        @DefaultValue("") String binaries,
        @DefaultValue("") String walArchive,
        @DefaultValue("24") int poolSize) {

    static final int POOL_SIZE_MAX = 200;

    DatabaseSettings {
        if (poolSize < 2 || poolSize > POOL_SIZE_MAX) {
            throw new StartRefused(
                    "DRAWBRIDGE_DATABASE_POOL_SIZE is " + poolSize + ", it must be from 2 to " + POOL_SIZE_MAX + ".");
        }
    }

    boolean embedded() {
        return url.isBlank();
    }

    Path binariesBelow(Path data) {
        return binaries.isBlank()
                ? data.resolve("postgres-binaries")
                : Path.of(binaries).toAbsolutePath();
    }

    Optional<Path> walArchiveDirectory() {
        return Optional.of(walArchive).filter(text -> !text.isBlank()).map(Path::of);
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + (embedded() ? "embedded" : "external") + "]";
    }
}
