package dev.drawbridge.platform.database;

import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database that this process works with: its own, or a server that somebody else runs. */
final class RunningDatabase implements AutoCloseable {

    /** For migrations, provisioning, and a person with a tool, beside the pool. */
    private static final int CONNECTIONS_BESIDE_POOL = 16;

    private final DatabaseServer server;
    private final @Nullable EmbeddedPostgres embedded;

    private RunningDatabase(DatabaseServer server, @Nullable EmbeddedPostgres embedded) {
        this.server = server;
        this.embedded = embedded;
    }

    static RunningDatabase open(Path data, DatabaseSettings settings) {
        if (!settings.embedded()) {
            return new RunningDatabase(DatabaseAddress.read(settings), null);
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start(
                data,
                settings.binariesBelow(data),
                settings.poolSize() + CONNECTIONS_BESIDE_POOL,
                settings.walArchiveDirectory());
        return new RunningDatabase(embedded.server(), embedded);
    }

    DatabaseServer server() {
        return server;
    }

    /** False only while our own is known to be down; a server elsewhere is known by asking it. */
    boolean running() {
        return Optional.ofNullable(embedded).map(EmbeddedPostgres::running).orElse(true);
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
