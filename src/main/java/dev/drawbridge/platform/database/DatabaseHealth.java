package dev.drawbridge.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the server can take orders: the database lends a connection that answers. A success is good for two seconds,
 * so that probes cost nothing under load and a pool that is merely busy counts as healthy.
 */
@Component("database")
class DatabaseHealth implements HealthIndicator {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ANSWER_SECONDS_MAX = 1;

    private final RunningDatabase database;
    private final DataSource dataSource;
    private final AtomicLong answeredAt = new AtomicLong(System.nanoTime() - FRESH_NANOS);

    DatabaseHealth(RunningDatabase database, DataSource dataSource) {
        this.database = database;
        this.dataSource = dataSource;
    }

    @Override
    public Health health() {
        if (!database.running()) {
            return Health.down().withDetail("reason", "restarting").build();
        }
        if (System.nanoTime() - answeredAt.get() < FRESH_NANOS || answers()) {
            return Health.up().build();
        }
        return Health.down().withDetail("reason", "no answer").build();
    }

    private boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            if (connection.isValid(ANSWER_SECONDS_MAX)) {
                answeredAt.set(System.nanoTime());
                return true;
            }
            return false;
        } catch (SQLException failure) {
            return false;
        }
    }
}
