package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of when the last backups were taken, and of how the archive gets on. */
@Component
class LastBackupStore {

    /** What a backup is of. */
    enum Kind {
        FILES,
        ROWS;

        /** In the table and the metric. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;

    LastBackupStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static LastBackupStore of(DatabaseServer server) {
        return new LastBackupStore(JdbcClient.create(
                Connections.unpooled(server.url(), server.owner().orElseThrow(), "-c lock_timeout=5s")));
    }

    /** Whether the server will know of it; if not, the backup is one all the same. */
    static boolean noted(DatabaseServer server, Kind kind, Instant takenAt) {
        try {
            of(server).note(kind, takenAt);
            return true;
        } catch (DataAccessException failure) {
            return false;
        }
    }

    void note(Kind kind, Instant takenAt) {
        jdbc.sql("""
                        insert into platform.backups as b (kind, taken_at) values (:kind, :takenAt)
                            on conflict (kind) do update set taken_at = greatest(b.taken_at, excluded.taken_at)
                        """)
                .param("kind", kind.word())
                .param("takenAt", takenAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** How old the last one is; where there is none, how long there has been something to back up. */
    double ageSeconds(Kind kind) {
        return jdbc.sql("""
                        select greatest(0, extract(epoch from platform.now() - coalesce(
                               (select taken_at from platform.backups where kind = :kind),
                               (select min(created_at) from platform.companies))))
                        """).param("kind", kind.word()).query(Double.class).single();
    }

    /**
     * How PostgreSQL's archiver gets on; zeros where nothing is archived. The file that is being written does not wait.
     */
    BackupWatch.Archive archive() {
        return jdbc.sql("""
                        with archiver as (
                            select current_setting('archive_mode') <> 'off' and not pg_is_in_recovery() as archives,
                                   last_failed_time > coalesce(last_archived_time, '-infinity') as fails,
                                   coalesce(last_archived_time, stats_reset) as last_success,
                                   substring(last_archived_wal from '^[0-9A-F]{24}$') as archived,
                                   case when not pg_is_in_recovery()
                                        then pg_walfile_name(pg_current_wal_lsn()) end as written,
                                   4294967296 / pg_size_bytes(current_setting('wal_segment_size')) as per_log
                              from pg_catalog.pg_stat_archiver),
                        numbered as (
                            select archives, fails, last_success,
                                   ('x' || substr(archived, 9, 8))::bit(32)::bigint * per_log
                                   + ('x' || substr(archived, 17, 8))::bit(32)::bigint as archived,
                                   ('x' || substr(written, 9, 8))::bit(32)::bigint * per_log
                                   + ('x' || substr(written, 17, 8))::bit(32)::bigint as written
                              from archiver)
                        select case when archives and fails
                                    then greatest(0, extract(epoch from clock_timestamp() - last_success))
                                    else 0 end as failing_seconds,
                               case when archives then greatest(0, written - archived - 1) else 0 end as waiting_files
                          from numbered
                        """)
                .query((row, number) ->
                        new BackupWatch.Archive(row.getDouble("failing_seconds"), row.getLong("waiting_files")))
                .single();
    }
}
