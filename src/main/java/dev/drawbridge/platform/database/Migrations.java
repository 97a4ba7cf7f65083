package dev.drawbridge.platform.database;

import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to what this release needs, forward only: one global number over the modules' folders. */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    /** Migrates as the owner; without one, another process did, and it is only checked. */
    public static Flyway run(DatabaseServer server) {
        Flyway flyway = flyway(server);
        try {
            if (server.owner().isPresent()) {
                FaultPoint.hit("migration-before-ddl");
                int steps = flyway.migrate().migrationsExecuted;
                if (steps > 0) {
                    LOG.info("database_migrated steps={}", steps);
                }
            }
            int pending = flyway.info().pending().length;
            if (pending > 0) {
                throw new StartRefused("The database lacks " + pending + " migrations; "
                        + "set DRAWBRIDGE_DATABASE_OWNER_USER and _OWNER_PASSWORD to let this start run them.");
            }
            return flyway;
        } catch (FlywayException failure) {
            throw new StartRefused("The database cannot be migrated: " + summary(failure), failure);
        }
    }

    /** The number of the last migration that the database has; empty where none has run. */
    public static String version(DatabaseServer server) {
        try {
            MigrationInfo current = flyway(server).info().current();
            return current == null ? "" : current.getVersion().toString();
        } catch (FlywayException failure) {
            throw new StartRefused("The database cannot be asked for its migrations: " + summary(failure), failure);
        }
    }

    /** The number of the last migration that this release has. */
    static int newest(Flyway flyway) {
        return Arrays.stream(flyway.info().all())
                .filter(migration ->
                        migration.getVersion() != null && migration.getState().isResolved())
                .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
                .max()
                .orElse(0);
    }

    private static Flyway flyway(DatabaseServer server) {
        Credentials credentials = server.owner().orElse(server.application());
        // A migration that waits for a lock has everybody else wait behind it: it gives up first.
        var source = Connections.unpooled(server.url(), credentials, "-c lock_timeout=5s");
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/callback")
                .defaultSchema("migrations")
                .createSchemas(true)
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .placeholders(
                        Map.of("application_role", quoted(server.application().user())))
                .load();
    }

    private static String quoted(String role) {
        return "\"" + role.replace("\"", "\"\"") + "\"";
    }

    /** The first line says what failed, the second at which migration. */
    private static String summary(FlywayException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.chars().anyMatch(Character::isLetter))
                .limit(2)
                .collect(Collectors.joining(": "));
    }
}
