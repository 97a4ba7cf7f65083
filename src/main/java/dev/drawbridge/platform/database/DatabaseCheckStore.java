package dev.drawbridge.platform.database;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database, as the application, whether it keeps what it acknowledges and keeps companies apart. */
final class DatabaseCheckStore {

    private final JdbcClient jdbc;

    DatabaseCheckStore(DataSource application) {
        this.jdbc = JdbcClient.create(application);
    }

    /** The settings under which a power cut loses acknowledged rows, each as {@code name=value}. */
    List<String> unsafeSettings() {
        return jdbc.sql("""
                        select name || '=' || setting
                          from pg_catalog.pg_settings
                         where name in ('fsync', 'full_page_writes') and setting <> 'on'
                            or name = 'synchronous_commit' and setting not in ('on', 'remote_apply')
                         order by name
                        """).query((row, number) -> row.getString(1)).list();
    }

    /** What lets the application's role past row-level security, each as a phrase. */
    List<String> excessiveRights() {
        return jdbc.sql("""
                        select 'is a superuser' from pg_catalog.pg_roles where rolname = current_user and rolsuper
                        union all
                        select 'has BYPASSRLS' from pg_catalog.pg_roles where rolname = current_user and rolbypassrls
                        union all
                        select distinct 'owns tables of schema ' || n.nspname
                          from pg_catalog.pg_class c
                          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                         where c.relkind in ('r', 'p')
                           and n.nspname not in ('pg_catalog', 'information_schema')
                           and n.nspname not like 'pg\\_%'
                           and pg_has_role(current_user, c.relowner, 'usage')
                        """).query((row, number) -> row.getString(1)).list();
    }
}
