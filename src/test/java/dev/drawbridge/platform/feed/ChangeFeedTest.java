package dev.drawbridge.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.TestCompanyRows;
import dev.drawbridge.platform.database.Transactions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeFeedTest {

    private final ChangeFeed feed = TestServer.running().bean(ChangeFeed.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final ChangeStore store = TestServer.running().bean(ChangeStore.class);
    private final FeedJob job = TestServer.running().bean(FeedJob.class);
    private final CompanyId company = TestCompanyRows.insert();
    private final UUID partner = UUID.randomUUID();
    private final ChangeLog log = new ChangeLog(company, partner);

    @Test
    void changes_get_consecutive_positions_in_the_order_of_their_commits() {
        UUID first = committed();
        UUID second = committed();
        UUID third = committed();

        feed.stamp(company);

        assertThat(after(0, 10))
                .containsExactly(
                        new Change(first, 1, false), new Change(second, 2, false), new Change(third, 3, false));
        assertThat(after(1, 10)).extracting(Change::rowId).containsExactly(second, third);
        assertThat(after(1, 1)).extracting(Change::rowId).containsExactly(second);
        assertThat(after(3, 10)).isEmpty();
        assertThat(headPosition()).isEqualTo(3);
    }

    @Test
    void a_company_whose_head_somebody_holds_keeps_no_other_company_waiting() {
        CompanyId other = TestCompanyRows.insert();
        var otherLog = new ChangeLog(other, partner);
        committed();
        feed.stamp(company);
        committed();
        otherLog.inTransaction(() -> otherLog.write(UUID.randomUUID()));

        transactions.inCompany(company, transaction -> {
            store.lockHead(company);
            CompletableFuture.runAsync(job::runOnce).join();
            return true;
        });

        assertThat(headPosition()).isEqualTo(1);
        assertThat(transactions.inCompany(other, feed::headPosition)).isEqualTo(1);
        job.runOnce();
        assertThat(headPosition()).isEqualTo(2);
    }

    @Test
    void without_a_change_nothing_moves() {
        feed.stamp(company);

        assertThat(headPosition()).isZero();
        assertThat(after(0, 10)).isEmpty();
    }

    @Test
    void an_older_transaction_that_commits_late_is_not_skipped() throws InterruptedException {
        var slow = new SlowWriter();
        slow.awaitWritten();
        UUID quick = committed();

        feed.stamp(company);
        assertThat(after(0, 10)).as("the quick one waits for the older").isEmpty();

        UUID late = slow.commit();
        feed.stamp(company);
        assertThat(after(0, 10)).containsExactly(new Change(late, 1, false), new Change(quick, 2, false));
    }

    @Test
    void what_was_rolled_back_leaves_no_gap() {
        UUID first = committed();
        log.inTransactionThatFails(() -> log.write(UUID.randomUUID()));
        UUID second = committed();

        feed.stamp(company);

        assertThat(after(0, 10)).containsExactly(new Change(first, 1, false), new Change(second, 2, false));
    }

    @Test
    void a_row_that_changed_again_is_read_once_at_its_last_position() {
        UUID twice = committed();
        UUID once = committed();
        feed.stamp(company);
        log.inTransaction(() -> log.write(twice));
        log.inTransaction(() -> log.write(twice));

        feed.stamp(company);

        assertThat(after(0, 10)).containsExactly(new Change(once, 2, false), new Change(twice, 4, false));
        assertThat(after(3, 10)).containsExactly(new Change(twice, 4, false));
    }

    @Test
    void a_row_that_was_deleted_stays_as_a_tombstone() {
        UUID row = committed();
        feed.stamp(company);
        log.inTransaction(() -> log.delete(row));

        feed.stamp(company);
        committed();
        feed.stamp(company);

        assertThat(after(0, 1)).containsExactly(new Change(row, 2, true));
    }

    @Test
    void more_changes_than_are_stamped_at_once_are_all_stamped() {
        transactions.inCompany(company, transaction -> {
            log.writeMany(1_001);
            return true;
        });

        feed.stamp(company);

        assertThat(headPosition()).isEqualTo(1_001);
    }

    /** The planner has not counted its rows: a plan that pairs each with each would not end in time. */
    @Test
    void all_that_a_new_company_begins_with_is_stamped_in_time() {
        transactions.inCompany(company, transaction -> {
            log.writeMany(8_000);
            return true;
        });

        feed.stamp(company);

        assertThat(headPosition()).isEqualTo(8_000);
    }

    @Test
    void a_list_shows_the_rows_of_its_scope_and_of_no_other_company() {
        CompanyId otherCompany = TestCompanyRows.insert();
        UUID mine = committed();
        var otherPartner = new ChangeLog(company, UUID.randomUUID());
        otherPartner.inTransaction(() -> otherPartner.write(UUID.randomUUID()));
        var other = new ChangeLog(otherCompany, partner);
        other.inTransaction(() -> other.write(UUID.randomUUID()));

        TestServer.running().bean(FeedJob.class).runOnce();

        assertThat(after(0, 10)).extracting(Change::rowId).containsExactly(mine);
        assertThat(headPosition()).isEqualTo(2);
        assertThat(feed.companiesBehind()).doesNotContain(company, otherCompany);
    }

    private UUID committed() {
        UUID row = UUID.randomUUID();
        log.inTransaction(() -> log.write(row));
        return row;
    }

    private List<Change> after(long position, int max) {
        return transactions.inCompany(
                company,
                transaction ->
                        feed.after(transaction, new FeedList(company, ChangeKind.ORDER, partner), position, max));
    }

    private long headPosition() {
        return transactions.inCompany(company, feed::headPosition);
    }

    /** Writes at once and commits when it is told to. */
    private final class SlowWriter {

        private final UUID row = UUID.randomUUID();
        private final CountDownLatch written = new CountDownLatch(1);
        private final CountDownLatch mayCommit = new CountDownLatch(1);
        private final Thread thread = Thread.ofPlatform()
                .start(() -> log.inTransaction(() -> {
                    log.write(row);
                    written.countDown();
                    await(mayCommit);
                }));

        void awaitWritten() {
            await(written);
        }

        UUID commit() throws InterruptedException {
            mayCommit.countDown();
            thread.join();
            return row;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
