package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class TransactionsTest {

    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final JdbcClient jdbc = TestServer.running().bean(JdbcClient.class);
    private CompanyId company = new CompanyId(UUID.randomUUID());

    @BeforeEach
    void a_company_exists() {
        company = TestCompanyRows.insert();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03"})
    void a_lost_race_runs_the_whole_transaction_again(String sqlState) {
        var attempts = new AtomicInteger();

        String result = transactions.inCompany(company, transaction -> {
            insertSeries("attempt-" + attempts.incrementAndGet());
            if (attempts.get() < 3) {
                fail(sqlState);
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(3);
        assertThat(seriesOf(company)).as("what the lost attempts wrote is gone").containsExactly("attempt-3");
    }

    @Test
    void a_race_that_is_always_lost_is_given_up_after_five_attempts() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.inCompany(company, transaction -> {
                    attempts.incrementAndGet();
                    return fail("40001");
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(attempts).hasValue(5);
    }

    @Test
    void a_failure_that_would_only_repeat_itself_runs_once() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.inCompany(company, transaction -> {
                    attempts.incrementAndGet();
                    return fail("23505");
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(attempts).hasValue(1);
    }

    @Test
    void a_lost_race_inside_another_transaction_runs_the_outer_one_again() {
        List<String> ran = new ArrayList<>();

        transactions.acrossCompanies(() -> {
            ran.add("outer");
            return transactions.inCompany(company, transaction -> {
                ran.add("inner");
                return ran.size() < 3 ? fail("40001") : "done";
            });
        });

        assertThat(ran).containsExactly("outer", "inner", "outer", "inner");
    }

    @Test
    void a_deadlock_of_two_transactions_ends_with_both_done() throws InterruptedException {
        transactions.inCompany(company, transaction -> {
            insertSeries("a");
            insertSeries("b");
            return true;
        });
        var bothHoldOne = new CountDownLatch(2);
        Thread rival = Thread.ofPlatform().start(() -> drawInOrder("b", "a", bothHoldOne));
        drawInOrder("a", "b", bothHoldOne);
        rival.join();

        int drawn = transactions.inCompany(company, transaction -> jdbc.sql("""
                        select sum(next_value) from platform.number_series where company_id = :company
                        """)
                .param("company", company.value())
                .query(Integer.class)
                .single());
        assertThat(drawn).isEqualTo(4);
    }

    @Test
    void a_connection_that_is_lost_before_the_commit_is_replaced_by_another() {
        runsAgainAfter(TestBackends::end);
    }

    @Test
    void a_transaction_that_stood_still_until_the_server_ended_its_session_runs_again() {
        runsAgainAfter(backend -> TestBackends.endStanding(jdbc, backend));
    }

    private void runsAgainAfter(IntConsumer endOfSession) {
        var attempts = new AtomicInteger();

        transactions.inCompany(company, transaction -> {
            insertSeries("attempt-" + attempts.incrementAndGet());
            if (attempts.get() == 1) {
                endOfSession.accept(backend());
            }
            insertSeries("second-" + attempts.get());
            return true;
        });

        assertThat(seriesOf(company)).containsExactlyInAnyOrder("attempt-2", "second-2");
    }

    @Test
    void a_connection_that_is_lost_at_the_commit_leaves_the_outcome_unknown() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.inCompany(company, transaction -> {
                    attempts.incrementAndGet();
                    insertSeries("unknown");
                    TestBackends.end(backend());
                    return true;
                }))
                .isInstanceOf(CommitUnknown.class);

        assertThat(attempts).as("a blind repetition could store it twice").hasValue(1);
    }

    @Test
    void a_commit_that_the_server_refuses_is_known_to_have_stored_nothing() {
        TestBackends.deferUniqueness();

        assertThatThrownBy(() -> transactions.acrossCompanies(() -> TestBackends.insertTwice(jdbc)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void a_transaction_of_its_own_is_kept_though_the_one_around_it_is_not() {
        assertThatThrownBy(() -> transactions.inCompany(company, outer -> {
                    insertSeries("outer");
                    transactions.separately(company, inner -> {
                        insertSeries("inner");
                        return true;
                    });
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(seriesOf(company)).containsExactly("inner");
    }

    @Test
    void a_transaction_cannot_turn_to_another_company() {
        CompanyId other = TestCompanyRows.insert();

        assertThatThrownBy(() -> transactions.inCompany(
                        company, transaction -> transactions.inCompany(other, second -> "never")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_is_to_follow_a_commit_does_not_follow_a_rollback() {
        var followed = new AtomicBoolean();

        assertThatThrownBy(() -> transactions.inCompany(company, transaction -> {
                    transactions.afterCommit(() -> followed.set(true));
                    return fail("23505");
                }))
                .isInstanceOf(DataAccessException.class);
        assertThat(followed).isFalse();

        transactions.inCompany(company, transaction -> {
            transactions.afterCommit(() -> followed.set(true));
            return true;
        });
        assertThat(followed).isTrue();
    }

    private void drawInOrder(String first, String second, CountDownLatch bothHoldOne) {
        transactions.inCompany(company, transaction -> {
            draw(first);
            bothHoldOne.countDown();
            await(bothHoldOne);
            draw(second);
            return true;
        });
    }

    private void draw(String series) {
        jdbc.sql("""
                        update platform.number_series set next_value = next_value + 1
                         where company_id = :company and series = :series
                        """).param("company", company.value()).param("series", series).update();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void insertSeries(String series) {
        jdbc.sql("insert into platform.number_series (company_id, series, next_value) values (:company, :series, 0)")
                .param("company", company.value())
                .param("series", series)
                .update();
    }

    private List<String> seriesOf(CompanyId company) {
        Supplier<List<String>> series = () -> jdbc.sql("select series from platform.number_series")
                .query((row, number) -> row.getString(1))
                .list();
        return transactions.inCompany(company, transaction -> series.get());
    }

    private int backend() {
        return jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
    }

    private String fail(String sqlState) {
        jdbc.sql("do $$ begin raise exception 'on purpose' using errcode = '" + sqlState + "'; end $$")
                .update();
        return "unreachable";
    }
}
