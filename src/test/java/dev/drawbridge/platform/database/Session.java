package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One who is connected, always in a transaction, and does one statement when a test says so. */
final class Session implements AutoCloseable {

    private static final JdbcClient OBSERVER = JdbcClient.create(new SingleConnectionDataSource(
            TestDatabase.running().server().url(),
            TestDatabase.running().server().application().user(),
            TestDatabase.running().server().application().password(),
            true));

    private final Connection connection;
    private final JdbcClient jdbc;
    private final int backend;

    private Session(Connection connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.backend = number("select pg_backend_pid()");
    }

    /** Of the application's role, without its timeouts: however slow the machine, nobody gives up. */
    static Session open() {
        try {
            Connection connection = TestDatabase.running().asApplication().getConnection();
            connection.setAutoCommit(false);
            return new Session(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int number(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    List<Integer> numbers(String sql) {
        return jdbc.sql(sql).query((row, number) -> row.getInt(1)).list();
    }

    String text(String sql) {
        return jdbc.sql(sql).query(String.class).single();
    }

    /** @return the number of rows */
    int changes(String sql) {
        return jdbc.sql(sql).update();
    }

    void commits() {
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void rollsBack() {
        try {
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A statement of this session that cannot go on before the other has ended its transaction. */
    <T> Waiting<T> waitsFor(Session other, Supplier<T> statement) {
        CompletableFuture<T> running = CompletableFuture.supplyAsync(
                statement, task -> Thread.ofPlatform().start(task));
        while (!isWaitingFor(other)) {
            assertThat(running.isDone()).as("went on without waiting").isFalse();
        }
        return new Waiting<>(running);
    }

    private boolean isWaitingFor(Session other) {
        return OBSERVER.sql("select ? = any (pg_blocking_pids(?))")
                .param(other.backend)
                .param(backend)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    record Waiting<T>(CompletableFuture<T> running) {

        /** What the statement came to, now that it can go on. */
        T goesOn() {
            try {
                return running.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }
}
