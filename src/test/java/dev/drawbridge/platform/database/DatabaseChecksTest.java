package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseChecksTest {

    private final DatabaseServer server = TestDatabase.running().server();

    @Test
    void the_tests_database_is_as_durable_and_as_closed_as_production() {
        DatabaseChecks checks = checks(TestDatabase.running().asApplication());

        assertThatCode(() -> {
                    checks.refuseUnsafeSettings(false);
                    checks.refuseExcessiveRights();
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void a_commit_that_does_not_wait_for_the_disk_is_refused(String synchronousCommit) {
        DatabaseChecks checks = checks(application("-c synchronous_commit=" + synchronousCommit));

        assertThatThrownBy(() -> checks.refuseUnsafeSettings(false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("synchronous_commit=" + synchronousCommit)
                .hasMessageContaining("DRAWBRIDGE_ALLOW_UNSAFE_DATABASE");
    }

    @Test
    void an_unsafe_database_is_taken_by_who_says_so() {
        DatabaseChecks checks = checks(application("-c synchronous_commit=off"));

        assertThatCode(() -> checks.refuseUnsafeSettings(true)).doesNotThrowAnyException();
    }

    @Test
    void a_role_that_owns_the_tables_is_refused() {
        assertThatThrownBy(() -> checks(TestDatabase.running().asOwner()).refuseExcessiveRights())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("owns tables of schema orders");
    }

    @Test
    void a_server_that_is_not_there_is_told_in_a_sentence() {
        String nowhere = "jdbc:postgresql://127.0.0.1:1/drawbridge";
        Credentials nobody = new Credentials("nobody", "secret");
        var checks = new DatabaseChecks(
                new DatabaseServer(nowhere, nobody, Optional.empty()),
                new DatabaseCheckStore(Connections.unpooled(nowhere, nobody, "")));

        assertThatThrownBy(() -> checks.refuseUnsafeSettings(false))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("The database at " + nowhere + " cannot be used: ");
    }

    @Test
    void without_an_owner_the_schema_is_only_checked() {
        var applicationOnly = new DatabaseServer(server.url(), server.application(), Optional.empty());

        assertThat(Migrations.run(applicationOnly).info().pending()).isEmpty();
    }

    /** Two that grant the same right at the same moment: PostgreSQL refuses the second. */
    @Test
    void nodes_that_start_at_the_same_moment_do_not_hinder_each_other() throws Exception {
        for (int turn = 0; turn < 10; turn++) {
            try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Integer>> starts = Collections.nCopies(
                        4, () -> Migrations.run(server).info().pending().length);
                for (Future<Integer> start : nodes.invokeAll(starts)) {
                    assertThat(start.get()).isZero();
                }
            }
        }
    }

    private DatabaseChecks checks(DataSource source) {
        return new DatabaseChecks(server, new DatabaseCheckStore(source));
    }

    private DataSource application(String options) {
        return Connections.unpooled(server.url(), server.application(), options);
    }
}
