package dev.drawbridge.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.LoggedLines;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.invariants.Invariant.Part;
import dev.drawbridge.invariants.InvariantStore.Standing;
import dev.drawbridge.invariants.InvariantStore.Walk;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the rows are walked over: in parts, in turns, within limits. */
class InvariantCheckingTest {

    private static final Duration EVERY = InvariantChecking.EVERY;

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final TestServer server = TestServer.running();
    private final Transactions transactions = server.bean(Transactions.class);
    private final InvariantStore store = server.bean(InvariantStore.class);
    private final CompanyId company = new CompanyId(TestCompany.fresh().id());

    private final LoggedLines log = new LoggedLines();

    /** Of this test alone. */
    private final String name = "check_" + UUID.randomUUID();

    @AfterEach
    void stop_listening() {
        log.close();
    }

    @Test
    void a_walk_goes_on_part_by_part_until_there_is_none_and_then_begins_again() {
        List<UUID> ids = ids(7);
        List<UUID> asked = new ArrayList<>();
        InvariantChecking checking = checking((transaction, after) -> {
            asked.add(after);
            List<UUID> part = ids.stream()
                    .filter(id -> id.toString().compareTo(after.toString()) > 0)
                    .limit(3)
                    .toList();
            return Part.of(part, 3, id -> id, id -> ids.indexOf(id) % 2 == 0);
        });

        checking.goOn(walk(Invariant.START, 0, 9));

        assertThat(asked).containsExactly(Invariant.START, ids.get(2), ids.get(5));
        assertThat(standing().violations()).isEqualTo(4);
        clock.advance(EVERY);
        assertThat(claimed()).contains(walk(Invariant.START, 0, 4));
    }

    @Test
    void a_walk_that_has_no_time_left_goes_on_where_it_was() {
        UUID reached = UUID.randomUUID();
        InvariantChecking checking = checking((transaction, after) -> {
            pause(Duration.ofMillis(1_200));
            return new Part(List.of(UUID.randomUUID()), Optional.of(reached));
        });

        checking.goOn(walk(Invariant.START, 5, 1));

        clock.advance(EVERY);
        assertThat(claimed()).contains(walk(reached, 7, 1));
    }

    @Test
    void a_walk_over_many_rows_looks_at_the_latest_each_time_and_then_goes_on() {
        clock.set(clock.now());
        UUID reached = new UUID(0x0192_0000_0000_7000L, Long.MIN_VALUE);
        List<UUID> asked = new ArrayList<>();
        InvariantChecking checking = checking((transaction, after) -> {
            asked.add(after);
            return Part.whole(List.of());
        });

        checking.goOn(walk(reached, 0, 0));

        assertThat(asked).hasSize(2).last().isEqualTo(reached);
        assertThat(Instant.ofEpochMilli(asked.getFirst().getMostSignificantBits() >>> 16))
                .isEqualTo(clock.now().minus(EVERY.multipliedBy(2)));
    }

    @Test
    void what_the_walk_before_found_is_shown_until_this_one_has_found_more_or_come_to_its_end() {
        InvariantChecking one = checking((transaction, after) -> Part.whole(ids(2)));
        one.goOn(walk(Invariant.START, 0, 0));
        assertThat(standing().violations()).isEqualTo(2);

        checking((transaction, after) -> Part.whole(List.of())).goOn(walk(Invariant.START, 1, 2));
        assertThat(standing().violations()).isEqualTo(1);

        checking((transaction, after) -> Part.whole(List.of())).goOn(walk(Invariant.START, 0, 1));
        assertThat(standing().violations()).isZero();
    }

    @Test
    void a_check_is_one_node_s_at_a_time_and_comes_again_after_ten_minutes() {
        clock.set(clock.now());
        add();
        clock.advance(EVERY);

        assertThat(claimed()).isPresent();
        assertThat(claimed()).as("by another node").isEmpty();
        clock.advance(EVERY.minusMillis(1));
        assertThat(claimed()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(claimed()).isPresent();
    }

    @Test
    void a_node_that_has_just_started_shows_what_others_found_and_checks_nothing() {
        var invariants = new Invariants(List.of(new Invariant(name, (transaction, after) -> {
            throw new AssertionError("asked");
        })));
        var meters = new SimpleMeterRegistry();
        var job = new InvariantCheckJob(checking(invariants), invariants, meters);
        add();
        transactions.inCompany(company, transaction -> {
            store.answered(transaction, walk(Invariant.START, 0, 3));
            return company;
        });
        clock.advance(EVERY);

        assertThat(job.runOnce()).isFalse();
        assertThat(meters.get("ocm.invariant.violations")
                        .tag("check", name)
                        .gauge()
                        .value())
                .isEqualTo(3);
        assertThat(meters.get("ocm.invariant.oldest.answer.seconds").gauge().value())
                .isGreaterThanOrEqualTo(600);
    }

    @Test
    void a_question_that_takes_too_long_is_given_up_and_its_age_tells() {
        clock.set(clock.now());
        InvariantChecking checking = checking((transaction, after) -> {
            server.bean(JdbcClient.class)
                    .sql("select pg_sleep(60)::text")
                    .query(String.class)
                    .single();
            return Part.whole(List.of());
        });
        clock.advance(Duration.ofHours(1));
        long began = System.nanoTime();

        checking.goOn(walk(Invariant.START, 0, 0));
        assertThat(log.with("check", name)).singleElement().satisfies(line -> assertThat(line.message())
                .startsWith("invariant_unanswered"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(9));
        assertThat(standing().oldestAnswerSeconds()).isEqualTo(3_600);
    }

    @Test
    void it_only_reads() {
        InvariantChecking checking = checking((transaction, after) -> {
            server.bean(JdbcClient.class).sql("delete from orders.orders").update();
            return Part.whole(List.of());
        });

        checking.goOn(walk(Invariant.START, 0, 0));
        assertThat(log.with("check", name)).hasSize(1);
    }

    @Test
    void twenty_ids_at_most_are_logged() {
        checking((transaction, after) -> Part.whole(ids(21))).goOn(walk(Invariant.START, 0, 0));

        assertThat(log.with("check", name)).singleElement().satisfies(line -> {
            assertThat(line.field("count")).isEqualTo("21");
            assertThat(line.field("ids").split(",")).hasSize(20);
        });
        assertThat(standing().violations()).isEqualTo(21);
    }

    @Test
    void a_part_that_is_full_has_another_behind_it() {
        List<UUID> ids = ids(3);

        assertThat(Part.of(ids, 4, id -> id, id -> false).last()).isEmpty();
        assertThat(Part.of(ids, 3, id -> id, id -> false).last()).contains(ids.getLast());
        assertThat(Part.of(List.<UUID>of(), 3, id -> id, id -> false).last()).isEmpty();
    }

    /** One whose only invariant is asked by this question; the company has it. */
    private InvariantChecking checking(Invariant.Question question) {
        var invariants = new Invariants(List.of(new Invariant(name, question)));
        add();
        return checking(invariants);
    }

    private InvariantChecking checking(Invariants invariants) {
        return new InvariantChecking(transactions, server.bean(Companies.class), invariants, store);
    }

    private void add() {
        transactions.acrossCompanies(() -> {
            store.add(List.of(company), List.of(name), EVERY);
            return company;
        });
    }

    private Walk walk(UUID after, int found, int before) {
        return new Walk(company, name, after, found, before);
    }

    /** As it stands, if it is due. */
    private Optional<Walk> claimed() {
        return transactions.acrossCompanies(() -> store.claimDue(List.of(name), EVERY));
    }

    private Standing standing() {
        return transactions
                .acrossCompanies(() -> store.standings(List.of(name)))
                .getFirst();
    }

    private static List<UUID> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new UUID(0x0192_0000_0000_7000L + number, Long.MIN_VALUE))
                .toList();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
