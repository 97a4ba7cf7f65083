package dev.drawbridge.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Receiver;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.fixtures.WatchedDataSource;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.DeliveryAttempts.Attempt;
import dev.drawbridge.webhooks.LaneStore.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What telling costs the database: statements and commits, each of which is a round trip. */
class DeliveryCostTest {

    private static final LastAttempt NO_CONTENT = new LastAttempt(Optional.of(204), Optional.empty(), Optional.of(1));
    private static final LastAttempt FAILED =
            new LastAttempt(Optional.of(500), Optional.of("status_not_2xx"), Optional.of(1));

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private final DeliveryAttempts attempts = TestServer.running().bean(DeliveryAttempts.class);
    private final Telling telling = new Telling();
    private final CompanyId company = telling.company.company().id();
    private final Cost cost = new Cost();

    /** Counts what one thread sends. */
    private static final class Cost implements WatchedDataSource.Script {

        private int statements;
        private int commits;

        @Override
        public void beforeStatement(String sql) {
            statements++;
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            commits++;
            connection.commit();
        }

        <T> T of(Supplier<T> work) {
            statements = 0;
            commits = 0;
            return WatchedDataSource.under(this, work);
        }

        void is(int expectedStatements, int expectedCommits) {
            assertThat(List.of(statements, commits))
                    .as("statements, commits")
                    .containsExactly(expectedStatements, expectedCommits);
        }
    }

    @BeforeEach
    void deliver_what_is_left_of_others() {
        telling.deliver();
    }

    @Test
    void a_delivery_is_two_statements_and_a_commit_and_its_share_of_the_claim() {
        telling.subscribe(receiver.url());
        for (int number = 0; number < 8; number++) {
            telling.happens(Telling.newOrder(), 1);
        }

        List<Claim> claims = cost.of(telling::claims);
        cost.is(2, 1);
        Collection<Attempt> begun =
                cost.of(() -> attempts.beginAll(company, claims)).values();
        cost.is(2, 1);
        assertThat(begun).hasSize(8);
        for (Attempt attempt : begun) {
            cost.of(() -> attempts.end(attempt, new Verdict.Delivered(NO_CONTENT)));
            cost.is(2, 1);
        }
        assertThat(telling.number("select count(*) from webhooks.lanes where company_id = :company"))
                .isZero();
    }

    @Test
    void one_with_others_behind_it_and_one_that_failed_are_a_few_more() {
        telling.subscribe(receiver.url());
        OrderId order = Telling.newOrder();
        telling.happens(order, 1);
        telling.happens(order, 2);
        Attempt first = attempts.begin(telling.claims().getFirst()).orElseThrow();
        cost.of(() -> attempts.end(first, new Verdict.Delivered(NO_CONTENT)));
        cost.is(7, 1);

        Attempt second = attempts.begin(telling.claims().getFirst()).orElseThrow();
        cost.of(() -> attempts.end(second, new Verdict.Again(FAILED, Duration.ofSeconds(5), Optional.empty())));
        cost.is(6, 1);
    }

    @Test
    void a_success_ends_what_failures_left_in_the_same_two_statements() {
        String webhook = telling.subscribe(receiver.url());
        receiver.answer(500);
        OrderId failing = Telling.newOrder();
        telling.happens(failing, 1);
        telling.deliver();
        assertThat(telling.webhook(webhook).has("failingSince")).isTrue();
        telling.happens(Telling.newOrder(), 1);
        Attempt attempt = attempts.begin(telling.claims().getFirst()).orElseThrow();
        cost.of(() -> attempts.end(attempt, new Verdict.Delivered(NO_CONTENT)));

        cost.is(2, 1);
        assertThat(telling.webhook(webhook).has("failingSince")).isFalse();
        assertThat(telling.number("select count(*) from webhooks.failing_endpoints where company_id = :company"))
                .isZero();
    }

    @Test
    void events_are_four_statements_however_many_are_told_of_them() {
        cost.of(() -> {
            telling.happens(Telling.newOrder(), 1);
            return company;
        });
        cost.is(3, 1);
        for (int number = 0; number < 20; number++) {
            telling.subscribe(receiver.url() + "/" + number);
        }
        cost.of(() -> {
            telling.happens(Telling.newOrder(), 1);
            return company;
        });
        cost.is(4, 1);
        telling.deliver();
        assertThat(receiver.received()).hasSize(20);
    }
}
