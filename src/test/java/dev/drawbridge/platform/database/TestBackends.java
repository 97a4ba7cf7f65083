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
