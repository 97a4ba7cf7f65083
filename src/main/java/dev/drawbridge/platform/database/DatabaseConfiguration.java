package dev.drawbridge.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.server.ServerSettings;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the database, then the pool, then checks and migrates; closes in the opposite order, after everything else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    RunningDatabase runningDatabase(ServerSettings server, DatabaseSettings settings) {
        return RunningDatabase.open(server.data(), settings);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(RunningDatabase database, DatabaseSettings settings) {
        return pool(database.server(), settings.poolSize());
    }

    /** Whoever uses the data source waits for this bean. */
    @Bean
    Flyway flyway(RunningDatabase database, DataSource dataSource, DatabaseSettings settings) {
        var checks = new DatabaseChecks(database.server(), new DatabaseCheckStore(dataSource));
        checks.refuseUnsafeSettings(settings.allowUnsafe());
        Flyway migrated = Migrations.run(database.server());
        checks.refuseExcessiveRights();
        return migrated;
    }

    /**
     * Every wait has an end, and each outer one is longer than the inner: lock, statement, session, socket. The pool is
     * always full: a burst that first had to open connections, one after the other, would wait for them in vain.
     */
    static HikariDataSource pool(DatabaseServer server, int size) {
        var pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setJdbcUrl(server.url());
        pool.setUsername(server.application().user());
        pool.setPassword(server.application().password());
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
        pool.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        pool.addDataSourceProperty("ApplicationName", "drawbridge");
        pool.addDataSourceProperty("connectTimeout", "5");
        pool.addDataSourceProperty("socketTimeout", "35");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty(
                "options", "-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=15s");
        return pool;
    }
}
