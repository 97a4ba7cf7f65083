package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.StartRefused;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the two roles and the database inside the embedded PostgreSQL; the only user of its superuser. */
final class ProvisioningStore {

    static final String DATABASE = "drawbridge";
    static final String OWNER = "drawbridge_owner";
    static final String APPLICATION = "drawbridge_application";

    private final JdbcClient jdbc;

    private ProvisioningStore(DataSource superuser) {
        this.jdbc = JdbcClient.create(superuser);
    }

    /** Makes what is not there; changes nothing that is. */
    static void provision(int port, PostgresPasswords passwords) {
        var superuser = new DatabaseServer.Credentials(PostgresCluster.SUPERUSER, passwords.superuser());
        try {
            var store = new ProvisioningStore(Connections.unpooled(url(port, "postgres"), superuser, ""));
            store.makeRole(OWNER, passwords.owner());
            store.makeRole(APPLICATION, passwords.application());
            store.makeDatabase();
        } catch (DataAccessException failure) {
            throw new StartRefused(
                    "The embedded PostgreSQL does not let us in with the passwords that are kept for it: "
                            + failure.getMostSpecificCause().getMessage(),
                    failure);
        }
    }

    /** Our own database there, once it is provisioned. */
    static DatabaseServer server(int port, PostgresPasswords passwords) {
        return new DatabaseServer(
                url(port, DATABASE),
                new DatabaseServer.Credentials(APPLICATION, passwords.application()),
                Optional.of(new DatabaseServer.Credentials(OWNER, passwords.owner())));
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void makeRole(String role, String password) {
        boolean exists = jdbc.sql("select exists (select from pg_catalog.pg_roles where rolname = :role)")
                .param("role", role)
                .query(Boolean.class)
                .single();
        if (!exists) {
            // Definitions take no parameters; PostgreSQL itself quotes the two values.
            String statement = jdbc.sql("""
                            select format('create role %I login nosuperuser nobypassrls password %L', :role, :password)
                            """)
                    .param("role", role)
                    .param("password", password)
                    .query(String.class)
                    .single();
            jdbc.sql(statement).update();
        }
    }

    private void makeDatabase() {
        boolean exists = jdbc.sql("select exists (select from pg_catalog.pg_database where datname = 'drawbridge')")
                .query(Boolean.class)
                .single();
        if (!exists) {
            jdbc.sql("create database drawbridge owner drawbridge_owner").update();
        }
        jdbc.sql("revoke connect, temporary on database drawbridge from public").update();
        jdbc.sql("grant connect on database drawbridge to drawbridge_application")
                .update();
    }
}
