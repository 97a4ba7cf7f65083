package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedPostgresTest {

    @Test
    void the_tests_database_is_as_durable_as_production() {
        var checks = new DatabaseCheckStore(TestDatabase.running().asApplication());

        assertThat(checks.unsafeSettings()).isEmpty();
        assertThat(checks.excessiveRights()).isEmpty();
    }

    @Test
    void a_server_starts_on_the_tests_database() {
        JdbcClient jdbc = TestServer.running().bean(JdbcClient.class);

        assertThat(jdbc.sql("select count(*) from platform.companies")
                        .query(Integer.class)
                        .single())
                .isNotNegative();
    }
}
