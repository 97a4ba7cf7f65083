package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Every row of every module, in one transaction of the owner. Which tables there are, PostgreSQL's catalogue says; the
 * statements about them it writes itself, with the names quoted.
 */
final class RowsStore implements AutoCloseable {

    /** Requests that belong to no company yet are kept under it. */
    private static final UUID NO_COMPANY = new UUID(0, 0);

    private static final String NO_TIME_LIMITS =
            "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=10s";

    private final Connection connection;
    private final JdbcClient jdbc;

    private RowsStore(Connection connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Begins a transaction that reads the rows of one moment, whatever is committed meanwhile. */
    static RowsStore reading(DatabaseServer server) {
        RowsStore store = open(server);
        try {
            store.connection.setReadOnly(true);
            store.connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            store.connection.setAutoCommit(false);
            return store;
        } catch (SQLException failure) {
            store.close();
            throw unwell(failure);
        }
    }

    static RowsStore writing(DatabaseServer server) {
        RowsStore store = open(server);
        try {
            store.connection.setAutoCommit(false);
            return store;
        } catch (SQLException failure) {
            store.close();
            throw unwell(failure);
        }
    }

    private static RowsStore open(DatabaseServer server) {
        Credentials owner = server.owner()
                .orElseThrow(() -> new StartRefused("Only the owner of the tables may do this; set"
                        + " DRAWBRIDGE_DATABASE_OWNER_USER and DRAWBRIDGE_DATABASE_OWNER_PASSWORD."));
        try {
            return new RowsStore(
                    Connections.unpooled(server.url(), owner, NO_TIME_LIMITS).getConnection());
        } catch (SQLException failure) {
            throw unwell(failure);
        }
    }

    Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    String postgresVersion() {
        return jdbc.sql("select (current_setting('server_version_num')::int / 10000)::text")
                .query(String.class)
                .single();
    }

    /** By name, without their rows. */
    List<BackupContents.Table> tables() {
        return jdbc.sql("""
                        select n.nspname, c.relname,
                               (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                                  from pg_catalog.pg_attribute a
                                 where a.attrelid = c.oid and a.attnum > 0
                                   and not a.attisdropped and a.attgenerated = '') as columns
                          from pg_catalog.pg_class c
                          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                         where c.relkind in ('r', 'p') and not c.relispartition
                           and n.nspname not in ('public', 'migrations') and n.nspname not like 'pg\\_%'
                           and pg_has_role(current_user, c.relowner, 'usage')
                         order by n.nspname, c.relname
                        """)
                .query((row, number) -> new BackupContents.Table(
                        row.getString("nspname"), row.getString("relname"), row.getString("columns"), 0))
                .list();
    }

    List<TableOrder.Reference> references() {
        return jdbc.sql("""
                        select f.nspname || '.' || c.relname as table_from, t.nspname || '.' || r.relname as table_to
                          from pg_catalog.pg_constraint k
                          join pg_catalog.pg_class c on c.oid = k.conrelid
                          join pg_catalog.pg_namespace f on f.oid = c.relnamespace
                          join pg_catalog.pg_class r on r.oid = k.confrelid
                          join pg_catalog.pg_namespace t on t.oid = r.relnamespace
                         where k.contype = 'f'
                        """)
                .query((row, number) ->
                        new TableOrder.Reference(row.getString("table_from"), row.getString("table_to")))
                .list();
    }

    List<BackupContents.Sequence> sequences() {
        return jdbc.sql("""
                        select schemaname, sequencename, coalesce(last_value, start_value) as value,
                               last_value is not null as used
                          from pg_catalog.pg_sequences
                         where schemaname not in ('public', 'migrations') and schemaname not like 'pg\\_%'
                           and pg_has_role(current_user, sequenceowner, 'usage')
                         order by schemaname, sequencename
                        """)
                .query((row, number) -> new BackupContents.Sequence(
                        row.getString("schemaname"),
                        row.getString("sequencename"),
                        row.getLong("value"),
                        row.getBoolean("used")))
                .list();
    }

    /** Those whose rows are kept apart. */
    List<UUID> companies() {
        List<UUID> companies = jdbc.sql("select company_id from platform.companies order by company_id")
                .query((row, number) -> row.getObject("company_id", UUID.class))
                .list();
        return Stream.concat(Stream.of(NO_COMPANY), companies.stream()).toList();
    }

    /** Whether row-level security binds the owner as well; such a table is read company by company. */
    boolean isByCompany(BackupContents.Table table) {
        return jdbc.sql("""
                        select relforcerowsecurity from pg_catalog.pg_class
                         where oid = format('%I.%I', :schema, :name)::regclass
                        """)
                .param("schema", table.schema())
                .param("name", table.name())
                .query(Boolean.class)
                .single();
    }

    void turnTo(UUID company) {
        jdbc.sql("select set_config('drawbridge.company_id', :company, true)")
                .param("company", company.toString())
                .query(String.class)
                .single();
    }

    /** Writes the rows that can be seen; how many. */
    long copyOut(BackupContents.Table table, OutputStream out) throws IOException {
        String statement =
                statement("select format('copy (select %s from %I.%I) to stdout', :columns, :schema, :name)", table);
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, out);
        } catch (SQLException failure) {
            throw unwell(failure);
        }
    }

    /** Reads rows; how many. */
    long copyIn(BackupContents.Table table, InputStream in) throws IOException {
        String statement =
                statement("select format('copy %2$I.%3$I (%1$s) from stdin', :columns, :schema, :name)", table);
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, in);
        } catch (SQLException failure) {
            throw unwell(failure);
        }
    }

    /**
     * COPY takes no rows where row-level security binds, and triggers have done their work when the rows were first
     * written: for the rest of this transaction, which nobody else sees, the owner goes without both.
     */
    void open(BackupContents.Table table) {
        run(statement("select format('alter table %I.%I no force row level security', :schema, :name)", table));
        run(statement("select format('alter table %I.%I disable trigger user', :schema, :name)", table));
    }

    /** Whether there is no row of anybody, in a table that is open. */
    boolean isEmpty(BackupContents.Table table) {
        String statement = statement("select format('select not exists (select from %I.%I)', :schema, :name)", table);
        return jdbc.sql(statement).query(Boolean.class).single();
    }

    void close(BackupContents.Table table, boolean byCompany) {
        if (byCompany) {
            run(statement("select format('alter table %I.%I force row level security', :schema, :name)", table));
        }
        run(statement("select format('alter table %I.%I enable trigger user', :schema, :name)", table));
    }

    void set(BackupContents.Sequence sequence) {
        jdbc.sql("select setval(format('%I.%I', :schema, :name)::regclass, :value, :used)")
                .param("schema", sequence.schema())
                .param("name", sequence.name())
                .param("value", sequence.value())
                .param("used", sequence.used())
                .query(Long.class)
                .single();
    }

    void afterRestore() {
        jdbc.sql("select platform.after_restore()").query(Long.class).single();
    }

    void commit() {
        try {
            connection.commit();
            connection.setAutoCommit(true);
            run("analyze");
        } catch (SQLException failure) {
            throw unwell(failure);
        }
    }

    private String statement(String format, BackupContents.Table table) {
        return jdbc.sql(format)
                .param("columns", table.columns())
                .param("schema", table.schema())
                .param("name", table.name())
                .query(String.class)
                .single();
    }

    private void run(String statement) {
        jdbc.sql(statement).update();
    }

    private static StartRefused unwell(Exception failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new StartRefused("The database could not do it: " + message, failure);
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // The server rolls back by itself.
        }
    }
}
