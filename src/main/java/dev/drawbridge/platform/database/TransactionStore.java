package dev.drawbridge.platform.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The first statement of every company's transaction: it opens the company's rows and reads version and time. */
@Component
class TransactionStore {

    private final JdbcClient jdbc;

    TransactionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    CompanyTransaction begin(CompanyId company) {
        return jdbc.sql("""
                        select set_config('drawbridge.company_id', :company, true),
                               (select setup_version from platform.companies where company_id = :id) as setup_version,
                               platform.now() as now
                        """)
                .param("company", company.toString())
                .param("id", company.value())
                .query((row, number) ->
                        new CompanyTransaction(company, row.getLong("setup_version"), instant(row, "now")))
                .single();
    }

    /** The transactions that other connections of the application have open at this moment, on every node. */
    Set<String> openElsewhere() {
        return Set.copyOf(jdbc.sql("""
                        select pid || '/' || xact_start
                          from pg_catalog.pg_stat_activity
                         where datname = current_database() and usename = current_user
                           and pid <> pg_backend_pid() and xact_start is not null
                        """).query((row, number) -> row.getString(1)).list());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
