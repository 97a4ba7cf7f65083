package dev.drawbridge.platform.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the server can take orders: the database lends a connection that answers, and has the schema that this
 * release needs. A success is good for two seconds, so that probes cost nothing under load and a pool that is merely
 * busy counts as healthy. The detail {@code reason} is for a person.
 */
@Component("database")
class DatabaseHealth implements HealthIndicator {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ANSWER_SECONDS_MAX = 1;
    private static final String NO_ANSWER = "The database does not answer; wait until it does.";

    private final RunningDatabase database;
    private final DataSource dataSource;
    private final int schemaVersionMin;
    private final AtomicLong wellAt = new AtomicLong(System.nanoTime() - FRESH_NANOS);

    DatabaseHealth(RunningDatabase database, DataSource dataSource, Flyway migrated) {
        this.database = database;
        this.dataSource = dataSource;
        this.schemaVersionMin = Migrations.newest(migrated);
    }

    @Override
    public Health health() {
        if (!database.running()) {
            return down("The database is being started again; wait until it is.");
        }
        return System.nanoTime() - wellAt.get() < FRESH_NANOS ? Health.up().build() : asked();
    }

    private Health asked() {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(ANSWER_SECONDS_MAX)) {
                return down(NO_ANSWER);
            }
            if (schemaVersion(connection) < schemaVersionMin) {
                return down("The database's schema is older than this release needs; let an owner's start migrate it.");
            }
            wellAt.set(System.nanoTime());
            return Health.up().build();
        } catch (SQLException failure) {
            return down(NO_ANSWER);
        }
    }

    private static int schemaVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(ANSWER_SECONDS_MAX);
            try (ResultSet row = statement.executeQuery("select platform.schema_version()")) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }
}
