package dev.drawbridge.platform.database;

import dev.drawbridge.fixtures.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Faults on the database's side. */
final class TestBackends {

    private TestBackends() {}

    /** As when the server is restarted: the connection is closed under its user. */
    static void end(int backend) {
        // A role may end its own sessions only, and the application is the one that is connected.
        JdbcClient.create(TestDatabase.running().asApplication())
                .sql("select pg_terminate_backend(:backend, 5000)")
                .param("backend", backend)
                .query(Boolean.class)
                .single();
    }

    /** As when the node stands still in a transaction: the server waits a moment for it, then ends the session. */
    static void endStanding(JdbcClient standing, int backend) {
        standing.sql("set local idle_in_transaction_session_timeout = '20ms'").update();
        JdbcClient.create(TestDatabase.running().asApplication())
                .sql("""
                        do $$ begin
                            for attempt in 1..500 loop
                                perform pg_stat_clear_snapshot();
                                exit when not exists (select from pg_stat_activity where pid = %d);
                                perform pg_sleep(0.02);
                            end loop;
                        end $$
                        """.formatted(backend))
                .update();
    }

    /** A table whose uniqueness is checked by the COMMIT only; in public, which is not ours and in no backup. */
    static void deferUniqueness() {
        JdbcClient owner = JdbcClient.create(TestDatabase.running().asOwner());
        owner.sql("create table if not exists public.deferred (id integer unique deferrable initially deferred)")
                .update();
        owner.sql("grant insert on public.deferred to drawbridge_application").update();
    }

    static int insertTwice(JdbcClient jdbc) {
        return jdbc.sql("insert into public.deferred values (1), (1)").update();
    }
}
