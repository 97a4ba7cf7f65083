package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import dev.drawbridge.platform.server.StartRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A copy of the files of a running PostgreSQL: whoever copies them does so between {@link #begin} and {@link #end}, and
 * the write-ahead log that was written meanwhile makes the copy whole. All of it is one session; a temporary
 * replication slot keeps that log until the session ends, however it ends.
 */
public final class BaseBackup implements AutoCloseable {

    /** Where the copy begins, in the write-ahead log. */
    private record Start(Instant at, String lsn) {}

    /**
     * What there is to know when everything is copied.
     *
     * @param startLsn the copy needs the write-ahead log from here
     * @param stopLsn to here; then it is the database of {@code finishedAt}
     * @param label the content of the copy's {@code backup_label}
     * @param walFiles the files of the write-ahead log that belong to the copy, oldest first
     * @param histories of the timelines before
     */
    public record End(
            Instant startedAt,
            Instant finishedAt,
            String startLsn,
            String stopLsn,
            String label,
            List<String> walFiles,
            List<String> histories) {

        public End {
            walFiles = List.copyOf(walFiles);
            histories = List.copyOf(histories);
        }
    }

    private final SingleConnectionDataSource session;
    private final JdbcClient jdbc;
    private final Start start;

    private BaseBackup(SingleConnectionDataSource session) {
        this.session = session;
        this.jdbc = JdbcClient.create(session);
        this.start = start();
    }

    static BaseBackup begin(String url, Credentials superuser) {
        SingleConnectionDataSource session = null;
        try {
            session = new SingleConnectionDataSource(
                    Connections.unpooled(url, superuser, "").getConnection(), true);
            return new BaseBackup(session);
        } catch (SQLException | RuntimeException failure) {
            if (session != null) {
                session.destroy();
            }
            throw failure instanceof StartRefused refused ? refused : unwell(failure);
        }
    }

    private Start start() {
        List<String> tablespaces =
                jdbc.sql("""
                        select spcname from pg_catalog.pg_tablespace where spcname not in ('pg_default', 'pg_global')
                        """).query((row, number) -> row.getString(1)).list();
        if (!tablespaces.isEmpty()) {
            throw new StartRefused("The tablespaces " + tablespaces
                    + " lie outside of the data directory and would not be in the backup; use --logical.");
        }
        jdbc.sql("""
                        select pg_create_physical_replication_slot(format('drawbridge_backup_%s', pg_backend_pid()),
                                                                   true, true)::text
                        """).query(String.class).single();
        // A checkpoint at once: to spread it over minutes would keep the person waiting.
        return jdbc.sql("select pg_backup_start('drawbridge', true)::text as lsn, clock_timestamp() as at")
                .query((row, number) -> new Start(instant(row, "at"), row.getString("lsn")))
                .single();
    }

    /** The files are copied; what is left to copy are the files of the write-ahead log, before this is closed. */
    public End end() {
        try {
            End end = jdbc.sql("""
                            select lsn::text, labelfile, clock_timestamp() as at from pg_backup_stop(false)
                            """)
                    .query((row, number) -> new End(
                            start.at(),
                            instant(row, "at"),
                            start.lsn(),
                            row.getString("lsn"),
                            row.getString("labelfile"),
                            List.of(),
                            List.of()))
                    .single();
            return withWal(end);
        } catch (DataAccessException failure) {
            throw unwell(failure);
        }
    }

    private End withWal(End end) {
        List<String> files = jdbc.sql("""
                        select name from pg_catalog.pg_ls_waldir()
                         where name ~ '^[0-9A-F]{24}$'
                           and name between pg_walfile_name(:start::pg_lsn) and pg_walfile_name(:stop::pg_lsn - 1)
                         order by name
                        """)
                .param("start", end.startLsn())
                .param("stop", end.stopLsn())
                .query((row, number) -> row.getString(1))
                .list();
        List<String> histories = jdbc.sql(
                        "select name from pg_catalog.pg_ls_waldir() where name like '%.history' order by name")
                .query((row, number) -> row.getString(1))
                .list();
        WalFile first = files.isEmpty() ? null : WalFile.of(files.getFirst());
        if (first == null || WalFile.of(files.getLast()).number() - first.number() + 1 != files.size()) {
            throw new IllegalStateException("PostgreSQL did not keep its log from " + end.startLsn() + " to "
                    + end.stopLsn() + " but " + files);
        }
        return new End(end.startedAt(), end.finishedAt(), end.startLsn(), end.stopLsn(), end.label(), files, histories);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static StartRefused unwell(Exception failure) {
        Throwable cause = failure instanceof DataAccessException access ? access.getMostSpecificCause() : failure;
        return new StartRefused("The database could not be backed up: " + cause.getMessage(), failure);
    }

    /** Lets go of the write-ahead log; PostgreSQL forgets a backup that was not ended. */
    @Override
    public void close() {
        session.destroy();
    }
}
