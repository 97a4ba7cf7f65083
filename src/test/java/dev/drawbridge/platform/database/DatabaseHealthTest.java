package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

class DatabaseHealthTest {

    private final TestServer server = TestServer.running();
    private final JdbcClient owner = JdbcClient.create(TestDatabase.running().asOwner());

    @Test
    void a_database_that_answers_and_has_our_schema_is_well() {
        assertThat(asked(TestDatabase.running().asApplication()).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void one_with_a_newer_schema_is_well_and_one_with_an_older_is_not() {
        int ours = Migrations.newest(server.bean(Flyway.class));
        try {
            show(Integer.toString(ours + 1));
            assertThat(asked(TestDatabase.running().asApplication()).getStatus())
                    .as("the next release has migrated already")
                    .isEqualTo(Status.UP);

            show(Integer.toString(ours - 1));
            Health older = asked(TestDatabase.running().asApplication());
            assertThat(older.getStatus()).isEqualTo(Status.DOWN);
            assertThat(older.getDetails()).extractingByKey("reason").asString().contains("schema is older");
        } finally {
            show("max(version::integer) from migrations.flyway_schema_history where success");
        }
    }

    @Test
    void one_that_lends_no_connection_does_not_answer() {
        Health away = asked(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("away");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        });

        assertThat(away.getStatus()).isEqualTo(Status.DOWN);
        assertThat(away.getDetails()).extractingByKey("reason").asString().contains("does not answer");
    }

    private Health asked(DataSource source) {
        var health = new DatabaseHealth(server.bean(RunningDatabase.class), source, server.bean(Flyway.class));
        return Objects.requireNonNull(health.health());
    }

    private void show(String version) {
        owner.sql("create or replace function platform.schema_version() returns integer language sql stable"
                        + " as $$ select " + version + " $$")
                .update();
    }
}
