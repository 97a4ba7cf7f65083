package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL of a data directory for somebody beside the server: the running one, or started for this. */
public final class AdministeredPostgres implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 20;

    private final Path home;
    private final @Nullable EmbeddedPostgres ours;

    private AdministeredPostgres(Path home, @Nullable EmbeddedPostgres ours) {
        this.home = home;
        this.ours = ours;
    }

    /** @throws StartRefused where there is no database */
    public static AdministeredPostgres of(Path data, Path binaries) {
        Path home = data.resolve(EmbeddedPostgres.NAME);
        if (!Files.exists(home.resolve("cluster"))) {
            NewDataDirectory.refuseUnfinished(data);
            throw new StartRefused(
                    "There is no embedded database in " + data + "; name the server's data directory with --data.");
        }
        Path directory = PrivateFiles.directory(data);
        EmbeddedPostgres ours = DataDirectoryLock.isHeld(directory)
                ? null
                : EmbeddedPostgres.start(
                        directory,
                        binaries,
                        CONNECTIONS_MAX,
                        WalArchive.remembered(directory.resolve(EmbeddedPostgres.NAME)));
        return new AdministeredPostgres(directory.resolve(EmbeddedPostgres.NAME), ours);
    }

    public DatabaseServer server() {
        return ProvisioningStore.server(port(), passwords());
    }

    public Path cluster() {
        return home.resolve("cluster");
    }

    /** The number of PostgreSQL's release that decides who can read its files. */
    public static String majorVersion() {
        return PostgresCluster.MAJOR_VERSION;
    }

    public String systemIdentifier() {
        try {
            return WalArchive.systemIdentifier(cluster());
        } catch (IOException failure) {
            throw new StartRefused("The database's files in " + cluster() + " cannot be read: " + failure, failure);
        }
    }

    /** Begins a copy of the cluster's files. */
    public BaseBackup beginBackup() {
        return BaseBackup.begin(
                ProvisioningStore.url(port(), "postgres"),
                new DatabaseServer.Credentials(
                        PostgresCluster.SUPERUSER, passwords().superuser()));
    }

    private int port() {
        return Integer.parseInt(PrivateFiles.read(home.resolve("port")));
    }

    private PostgresPasswords passwords() {
        return PostgresPasswords.keptIn(home.resolve("passwords"));
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
    }
}
