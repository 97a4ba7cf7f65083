package dev.drawbridge.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.TestCompanyRows;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The backup is what the company's rows are now; what was handed out since is of a database that is lost. */
@Timeout(60)
class FeedAfterRestoreTest {

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final ChangeFeed feed = TestServer.running().bean(ChangeFeed.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final JdbcClient owner = JdbcClient.create(TestDatabase.running().asOwner());
    private final CompanyId company = TestCompanyRows.insert();
    private final UUID partner = UUID.randomUUID();
    private final ChangeLog log = new ChangeLog(company, partner);

    @Test
    void positions_up_to_the_restored_head_are_honoured_and_what_was_lost_is_not() {
        committed(3);
        assertThat(honoured(3)).isTrue();

        restore();
        long base = feedHead();

        assertThat(honoured(0)).isTrue();
        assertThat(honoured(2)).isTrue();
        assertThat(honoured(3)).as("the restored head").isTrue();
        assertThat(honoured(4)).as("the first that only the lost database gave").isFalse();
        assertThat(honoured(base - 1)).isFalse();
        assertThat(honoured(base)).as("nobody was given it").isFalse();
        assertThat(honoured(base + 1)).as("above the head").isFalse();

        committed(1);
        assertThat(honoured(base + 1)).isTrue();
        assertThat(honoured(base + 2)).isFalse();
        assertThat(positionsAfter(2)).containsExactly(3L, base + 1);
    }

    @Test
    void the_new_positions_are_exact_in_a_double_and_begin_at_the_time_of_the_restore() {
        clock.set(Instant.parse("2026-11-21T22:00:00Z"));
        committed(1);

        restore();

        assertThat(feedHead()).isEqualTo(1_795_298_400_000_000L).isLessThan(1L << 53);
    }

    @Test
    void a_second_restore_of_the_same_backup_does_not_honour_what_the_first_handed_out() {
        committed(2);
        restore();
        committed(5);
        long ofTheFirst = feedHead();
        assertThat(honoured(ofTheFirst)).isTrue();

        owner.sql("delete from platform.change_log where company_id = :id and pos > 2")
                .param("id", company.value())
                .update();
        owner.sql("delete from platform.feed_gaps where company_id = :id")
                .param("id", company.value())
                .update();
        owner.sql("update platform.feed_heads set last_pos = 2 where company_id = :id")
                .param("id", company.value())
                .update();
        clock.advance(Duration.ofSeconds(2));
        restore();
        committed(10);

        assertThat(honoured(ofTheFirst)).isFalse();
        assertThat(honoured(2)).isTrue();
    }

    @Test
    void positions_never_go_back_whatever_the_clock_says() {
        restore();
        committed(1);
        long before = feedHead();
        clock.set(Instant.parse("2001-01-01T00:00:00Z"));

        restore();
        committed(1);

        assertThat(feedHead()).isGreaterThan(before);
        assertThat(honoured(before)).isTrue();
        assertThat(honoured(before + 1)).isFalse();
        assertThat(positionsAfter(before)).containsExactly(feedHead());
    }

    @Test
    void a_company_that_never_changed_anything_honours_the_beginning_only() {
        restore();

        assertThat(honoured(0)).isTrue();
        assertThat(honoured(1)).isFalse();
    }

    @Test
    void a_change_of_another_servers_transaction_gets_its_position_and_in_their_order() {
        UUID late = ofAnotherServer("18446744073709551000");
        UUID early = ofAnotherServer("18446744073709550000");
        UUID twice = ofAnotherServer("18446744073709550001");
        owner.sql("""
                        insert into platform.change_log (xid, company_id, kind, row_id, scope_id)
                        select '18446744073709550002'::xid8, company_id, kind, row_id, scope_id
                          from platform.change_log where row_id = :row
                        """).param("row", twice).update();
        feed.stamp(company);
        assertThat(positionsAfter(0))
                .as("the sequencer waits for those numbers")
                .isEmpty();

        restore();

        assertThat(after(0)).extracting(Change::rowId).containsExactly(early, twice, late);
        assertThat(feedHead()).isEqualTo(after(0).getLast().position());
        committed(1);
        assertThat(after(0)).hasSize(4);
    }

    private void restore() {
        owner.sql("select platform.after_restore()").query(Long.class).single();
    }

    private void committed(int count) {
        for (int number = 0; number < count; number++) {
            log.inTransaction(() -> log.write(UUID.randomUUID()));
        }
        feed.stamp(company);
    }

    private UUID ofAnotherServer(String transaction) {
        UUID row = UUID.randomUUID();
        owner.sql("""
                        insert into platform.change_log (xid, company_id, kind, row_id, scope_id)
                        values (:xid::xid8, :company, 'order', :row, :partner)
                        """)
                .param("xid", transaction)
                .param("company", company.value())
                .param("row", row)
                .param("partner", partner)
                .update();
        return row;
    }

    private boolean honoured(long position) {
        return transactions.inCompany(company, transaction -> feed.honours(transaction, position));
    }

    private long feedHead() {
        return transactions.inCompany(company, feed::headPosition);
    }

    private List<Change> after(long position) {
        return transactions.inCompany(
                company,
                transaction ->
                        feed.after(transaction, new FeedList(company, ChangeKind.ORDER, partner), position, 100));
    }

    private List<Long> positionsAfter(long position) {
        return after(position).stream().map(Change::position).toList();
    }
}
