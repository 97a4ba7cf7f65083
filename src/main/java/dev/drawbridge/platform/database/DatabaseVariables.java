package dev.drawbridge.platform.database;

import dev.drawbridge.platform.postgres.DatabaseServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the database as a command reads them that runs beside the server: the same variables, without the
 * application's context.
 */
public final class DatabaseVariables {

    private final DatabaseSettings settings;

    public DatabaseVariables(Map<String, String> environment) {
        this.settings = new DatabaseSettings(
                given(environment, "DATABASE_URL"),
                given(environment, "DATABASE_USER"),
                given(environment, "DATABASE_PASSWORD"),
                given(environment, "DATABASE_OWNER_USER"),
                given(environment, "DATABASE_OWNER_PASSWORD"),
                false,
                given(environment, "POSTGRES_BINARIES"),
                "",
                2);
    }

    /** A server that somebody else runs; empty: the database is embedded. */
    public Optional<DatabaseServer> external() {
        return settings.embedded() ? Optional.empty() : Optional.of(DatabaseAddress.read(settings));
    }

    public Path binariesBelow(Path data) {
        return settings.binariesBelow(data);
    }

    private static String given(Map<String, String> environment, String name) {
        return environment.getOrDefault("DRAWBRIDGE_" + name, "");
    }
}
