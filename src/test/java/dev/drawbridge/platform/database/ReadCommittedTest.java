package dev.drawbridge.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.Session.Waiting;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the isolation that we run at allows, and what it does not: why capacity is taken by a guarded update under a
 * lock, why rows are read after their lock and not with it, why the feed does not go by a sequence. Whoever wants to
 * simplify one of these finds here what happens then.
 */
@Timeout(60)
class ReadCommittedTest {

    private static final String TAKES = "update public.slot set taken = taken + 1 where taken + 1 <= capacity";
    private static final String TAKEN = "select taken from public.slot";
    private static final String GUESTS = "select count(*) from public.guest";
    private static final String CLAIMS = """
            update public.job set claims = claims + 1
             where number in (select number from public.job where claims = 0
                               order by number limit 2 for no key update skip locked)
            """;
    private static final String FEED = "select number from public.feed where number > %s order by number";
    private static final String BELOW_THE_HORIZON = """
            select number from public.feed where writer < pg_snapshot_xmin(pg_current_snapshot()) order by writer
            """;

    private final Session first = Session.open();
    private final Session second = Session.open();
    private final Session third = Session.open();

    /** In public, which is not ours and in no backup. */
    @BeforeAll
    static void tables() {
        JdbcClient owner = JdbcClient.create(TestDatabase.running().asOwner());
        owner.sql("drop table if exists public.slot, public.guest, public.job, public.feed")
                .update();
        owner.sql("create table public.slot (capacity integer, taken integer)").update();
        owner.sql("create table public.guest (place integer unique)").update();
        owner.sql("create table public.job (number integer, claims integer)").update();
        owner.sql("create table public.feed (number serial, writer xid8 default pg_current_xact_id())")
                .update();
        owner.sql("grant all on public.slot, public.guest, public.job, public.feed, public.feed_number_seq"
                        + " to drawbridge_application")
                .update();
    }

    /** One place is left. */
    @BeforeEach
    void rows() {
        JdbcClient owner = JdbcClient.create(TestDatabase.running().asOwner());
        owner.sql("truncate public.slot, public.guest, public.job, public.feed restart identity")
                .update();
        owner.sql("insert into public.slot values (1, 0)").update();
        owner.sql("insert into public.job select number, 0 from generate_series(1, 4) as number")
                .update();
    }

    @AfterEach
    void disconnect() {
        first.close();
        second.close();
        third.close();
    }

    @Test
    void our_transactions_are_at_read_committed_and_so_are_these() {
        JdbcClient ours = TestServer.running().bean(JdbcClient.class);
        Supplier<String> isolation =
                () -> ours.sql("show transaction_isolation").query(String.class).single();

        assertThat(TestServer.running().bean(Transactions.class).acrossCompanies(isolation))
                .isEqualTo(first.text("show transaction_isolation"))
                .isEqualTo("read committed");
    }

    @Test
    void what_is_not_committed_is_seen_by_nobody_else() {
        first.changes(TAKES);

        assertThat(second.number(TAKEN)).isZero();
        first.rollsBack();
        assertThat(second.number(TAKEN)).isZero();
    }

    @Test
    void two_reads_of_one_transaction_may_differ() {
        assertThat(first.number(TAKEN)).isZero();
        second.changes(TAKES);
        second.commits();

        assertThat(first.number(TAKEN)).isEqualTo(1);
    }

    @Test
    void two_who_look_first_and_insert_then_both_get_the_last_place() {
        assertThat(first.number(GUESTS)).isZero();
        assertThat(second.number(GUESTS)).isZero();
        first.changes("insert into public.guest values (1)");
        second.changes("insert into public.guest values (2)");
        first.commits();
        second.commits();

        assertThat(third.number(GUESTS)).as("of one place").isEqualTo(2);
    }

    @Test
    void of_two_who_write_what_they_computed_from_a_read_one_is_lost() {
        int seenByFirst = first.number(TAKEN);
        int seenBySecond = second.number(TAKEN);
        first.changes("update public.slot set taken = " + (seenByFirst + 1));
        first.commits();
        second.changes("update public.slot set taken = " + (seenBySecond + 1));
        second.commits();

        assertThat(third.number(TAKEN)).as("of two that were taken").isEqualTo(1);
    }

    @Test
    void a_guarded_update_waits_and_then_finds_the_last_place_taken() {
        assertThat(first.changes(TAKES)).isEqualTo(1);
        Waiting<Integer> rival = second.waitsFor(first, () -> second.changes(TAKES));
        first.commits();

        assertThat(rival.goesOn()).isZero();
        second.commits();
        assertThat(third.number(TAKEN)).isEqualTo(1);
    }

    @Test
    void a_guarded_update_gets_the_place_that_another_took_and_gave_up() {
        assertThat(first.changes(TAKES)).isEqualTo(1);
        Waiting<Integer> rival = second.waitsFor(first, () -> second.changes(TAKES));
        first.rollsBack();

        assertThat(rival.goesOn()).isEqualTo(1);
        second.commits();
        assertThat(third.number(TAKEN)).isEqualTo(1);
    }

    @Test
    void a_lock_that_was_waited_for_shows_the_row_as_the_other_left_it() {
        first.changes(TAKES);
        Waiting<Integer> rival = second.waitsFor(first, () -> second.number(TAKEN + " for update"));
        first.commits();

        assertThat(rival.goesOn()).isEqualTo(1);
    }

    @Test
    void a_lock_that_was_waited_for_shows_other_tables_as_they_were_before() {
        first.changes(TAKES);
        first.changes("insert into public.guest values (1)");
        Waiting<String> rival = second.waitsFor(
                first,
                () -> second.text(
                        "select taken || ' taken by ' || (" + GUESTS + ") from public.slot for update of slot"));
        first.commits();

        assertThat(rival.goesOn()).isEqualTo("1 taken by 0");
        assertThat(second.number(GUESTS)).as("in a statement of its own").isEqualTo(1);
    }

    @Test
    void a_row_that_no_longer_fits_after_the_wait_is_passed_over() {
        first.changes(TAKES);
        Waiting<List<Integer>> rival =
                second.waitsFor(first, () -> second.numbers(TAKEN + " where taken = 0 for update"));
        first.commits();

        assertThat(rival.goesOn()).isEmpty();
    }

    @Test
    void a_row_that_another_is_about_to_make_fit_is_not_waited_for() {
        first.changes(TAKES);

        assertThat(second.changes("update public.slot set taken = 0 where taken = 1"))
                .isZero();
        first.commits();
        assertThat(third.number(TAKEN)).isEqualTo(1);
    }

    @Test
    void claims_that_skip_what_is_locked_never_share_a_job() {
        assertThat(first.changes(CLAIMS)).isEqualTo(2);
        assertThat(second.changes(CLAIMS)).isEqualTo(2);
        assertThat(third.changes(CLAIMS)).isZero();
        first.commits();
        second.commits();

        assertThat(third.numbers("select claims from public.job")).containsExactly(1, 1, 1, 1);
    }

    @Test
    void a_claim_that_was_rolled_back_is_anybodys_again() {
        first.changes(CLAIMS);
        first.rollsBack();

        assertThat(second.changes(CLAIMS)).isEqualTo(2);
        assertThat(second.numbers("select number from public.job where claims = 1 order by number"))
                .containsExactly(1, 2);
    }

    @Test
    void a_unique_key_lets_the_second_of_two_fail() {
        first.changes("insert into public.guest values (1)");
        Waiting<Integer> rival = second.waitsFor(first, () -> second.changes("insert into public.guest values (1)"));
        first.commits();

        assertThatThrownBy(rival::goesOn).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void a_unique_key_is_free_again_when_the_first_of_two_gives_up() {
        first.changes("insert into public.guest values (1)");
        Waiting<Integer> rival = second.waitsFor(first, () -> second.changes("insert into public.guest values (1)"));
        first.rollsBack();

        assertThat(rival.goesOn()).isEqualTo(1);
    }

    @Test
    void an_insert_that_does_nothing_on_a_conflict_waits_to_know_whether_there_is_one() {
        String inserts = "insert into public.guest values (1) on conflict do nothing";
        first.changes(inserts);
        Waiting<Integer> rival = second.waitsFor(first, () -> second.changes(inserts));
        first.commits();

        assertThat(rival.goesOn()).isZero();
        assertThat(second.number(GUESTS)).as("seen by the next statement").isEqualTo(1);
    }

    @Test
    void a_reader_who_goes_by_a_sequence_skips_what_commits_late() {
        first.changes("insert into public.feed default values");
        second.changes("insert into public.feed default values");
        second.commits();

        assertThat(third.numbers(FEED.formatted(0))).containsExactly(2);
        first.commits();
        assertThat(third.numbers(FEED.formatted(2)))
                .as("the first one is never read")
                .isEmpty();
    }

    @Test
    void a_reader_who_stays_below_the_oldest_open_transaction_skips_nothing() {
        first.changes("insert into public.feed default values");
        second.changes("insert into public.feed default values");
        second.commits();

        assertThat(third.numbers(BELOW_THE_HORIZON))
                .as("while the first is open")
                .isEmpty();
        first.commits();
        assertThat(belowTheHorizon()).containsExactly(1, 2);
    }

    @Test
    void nothing_comes_to_stand_below_the_horizon_later() {
        first.changes("insert into public.feed default values");
        first.commits();
        assertThat(belowTheHorizon()).containsExactly(1);

        second.changes("insert into public.feed default values");
        String writer = second.text("select pg_current_xact_id()");
        assertThat(third.text("select pg_snapshot_xmin(pg_current_snapshot()) <= '" + writer + "'::xid8"))
                .as("an open transaction is not below it")
                .isEqualTo("t");
    }

    /** A vacuum may be the oldest open transaction for a moment. */
    private List<Integer> belowTheHorizon() {
        List<Integer> below = third.numbers(BELOW_THE_HORIZON);
        while (below.size() < third.number("select count(*) from public.feed")) {
            below = third.numbers(BELOW_THE_HORIZON);
        }
        return below;
    }
}
