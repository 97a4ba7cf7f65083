package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.fixtures.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The second net below every where clause: row-level security, on a pool of one connection. */
class IsolationTest {

    private static final HikariDataSource POOL =
            DatabaseConfiguration.pool(TestDatabase.running().server(), 1);

    private final JdbcClient jdbc = JdbcClient.create(POOL);
    private final Transactions transactions = new Transactions(
            new JdbcTransactionManager(POOL),
            new TransactionStore(jdbc),
            new DatabaseSettings("", "", "", "", "", false, "", "", 2),
            new SimpleMeterRegistry());

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    void a_query_without_a_where_clause_sees_only_rows_of_the_transactions_company() {
        CompanyId castle = companyWithSeries("of the castle");
        CompanyId abbey = companyWithSeries("of the abbey");

        assertThat(everySeriesIn(castle)).containsExactly("of the castle");
        assertThat(everySeriesIn(abbey)).containsExactly("of the abbey");
    }

    @Test
    void a_connection_that_served_a_company_shows_its_next_user_nothing() {
        companyWithSeries("of the castle");

        assertThat(everySeries()).isEmpty();
        assertThat(transactions.acrossCompanies(this::everySeries)).isEmpty();
    }

    @Test
    void a_row_of_another_company_cannot_be_written() {
        CompanyId castle = TestCompanyRows.insert();
        CompanyId abbey = TestCompanyRows.insert();

        assertThatThrownBy(() -> transactions.inCompany(castle, transaction -> insertSeries(abbey, "smuggled")))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void the_audit_log_cannot_be_rewritten() {
        CompanyId castle = TestCompanyRows.insert();

        assertThatThrownBy(
                        () -> transactions.inCompany(castle, transaction -> jdbc.sql("delete from platform.audit_log")
                                .update()))
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void every_table_with_a_company_is_closed_or_is_named_here() {
        List<String> open =
                jdbc.sql("""
                        select n.nspname || '.' || c.relname
                          from pg_catalog.pg_class c
                          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                          join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
                         where c.relkind = 'r' and n.nspname <> 'tests'
                           and not (c.relrowsecurity and c.relforcerowsecurity)
                         order by 1
                        """).query((row, number) -> row.getString(1)).list();

        assertThat(open)
                .as("directories, and what jobs claim across companies: ids and times, no guest data")
                .containsExactlyInAnyOrder(
                        "invariants.checks",
                        "orders.hold_expiries",
                        "orders.issuance_jobs",
                        "platform.api_keys",
                        "platform.change_log",
                        "platform.companies",
                        "platform.feed_gaps",
                        "platform.feed_heads",
                        "wallets.manifest_links",
                        "webhooks.failing_endpoints",
                        "webhooks.lanes",
                        "webhooks.replays",
                        "webhooks.upkeeps");
    }

    private CompanyId companyWithSeries(String series) {
        CompanyId company = TestCompanyRows.insert();
        transactions.inCompany(company, transaction -> insertSeries(company, series));
        return company;
    }

    private int insertSeries(CompanyId company, String series) {
        return jdbc.sql("insert into platform.number_series (company_id, series, next_value) values (:id, :series, 1)")
                .param("id", company.value())
                .param("series", series)
                .update();
    }

    private List<String> everySeriesIn(CompanyId company) {
        return transactions.inCompany(company, transaction -> everySeries());
    }

    private List<String> everySeries() {
        return jdbc.sql("select series from platform.number_series")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
