package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.externalReferences;
import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.fixtures.WatchedDataSource;
import dev.drawbridge.orders.OrderQueue.QueuedOrder;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a partner waits for when it places an order: the statements that store it, and their last word on rivals. */
class StoringAnOrderTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    private final OrderIntake intake = TestServer.running().bean(OrderIntake.class);
    private final String number = "EXT-" + UUID.randomUUID();

    @BeforeEach
    void the_setup_is_in_memory() {
        place(tour());
    }

    @Test
    void an_order_is_stored_by_two_statements_and_a_commit() {
        assertThat(statementsOf(tour().line("31009", 2, WEEKDAY, "10:00:00")))
                .containsExactly("select set_config", "with stored as", "commit");
    }

    @Test
    void its_external_reference_numbers_cost_one_question_for_each_kind_of_number() {
        assertThat(statementsOf(tour(number, number + "-2")))
                .containsExactly(
                        "select set_config",
                        "select number_key from ticketing.tickets",
                        "select reference_key from wallets.wallets",
                        "select e.reference_key from orders.external_references",
                        "with stored as",
                        "commit");
    }

    @Test
    void a_number_that_a_rival_reserved_after_it_was_found_free_is_refused_and_nothing_is_stored() {
        OrderJson late = tour(number + "-1", number, number + "-3");
        OrderJson rival = tour(number);
        assertThatThrownBy(() -> beforeItIsStored(() -> SELLER.places(rival).is(201), late))
                .isInstanceOfSatisfying(Problem.class, refused -> {
                    assertThat(refused.code().code()).isEqualTo("validation_failed");
                    assertThat(refused.details()).singleElement().satisfies(violation -> {
                        assertThat(violation.field()).isEqualTo("/items/0/wallet/externalReferenceNumbers/1");
                        assertThat(violation.code()).isEqualTo("external_reference_taken");
                    });
                });
        SELLER.places(tour(number + "-1", number + "-3").reference(late.reference()))
                .is(201);
    }

    @Test
    void an_order_that_meets_its_own_reference_reserves_nothing_and_gets_no_job() {
        Reply first = SELLER.places(tour()).is(201);
        OrderJson again = tour(number).reference(first.at("/sellToOrderReference"));
        SELLER.places(again).isProblem(400, "duplicate_order");
        SELLER.places(tour(number)).is(201);
        assertThat(OrderRecord.of(CASTLE, first).count("""
                        select count(*) from orders.issuance_jobs j join orders.orders o using (company_id, order_id)
                         where o.reference_key = (select reference_key from orders.orders where order_id = ?)
                        """)).isEqualTo(1);
    }

    @Test
    void an_order_counts_as_accepted_once_it_is_committed_and_not_before() {
        double before = accepted();
        List<Double> atCommit = new ArrayList<>();
        var listening = new WatchedDataSource.Script() {
            @Override
            public void commit(Connection connection) throws SQLException {
                atCommit.add(accepted());
                connection.commit();
            }
        };
        WatchedDataSource.under(listening, () -> place(tour()));

        assertThat(atCommit).containsExactly(before);
        assertThat(accepted()).isEqualTo(before + 1);
    }

    @Test
    void an_order_whose_transaction_is_rolled_back_does_not_count() {
        double before = accepted();
        OrderJson order = tour();
        assertThatThrownBy(() -> TestServer.running().bean(Transactions.class).inCompany(CASTLE.id(), transaction -> {
                    place(order);
                    throw new IllegalStateException("What it was part of fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(accepted()).isEqualTo(before);
        SELLER.places(order).is(201);
        assertThat(accepted()).isEqualTo(before + 1);
    }

    private static double accepted() {
        return TestServer.running()
                .bean(MeterRegistry.class)
                .counter("ocm.orders.accepted", "mode", "asynchronous")
                .count();
    }

    private List<String> statementsOf(OrderJson order) {
        List<String> statements = new ArrayList<>();
        var listening = new WatchedDataSource.Script() {
            @Override
            public void beforeStatement(String sql) {
                statements.add(beginning(sql));
            }

            @Override
            public void commit(Connection connection) throws SQLException {
                statements.add("commit");
                connection.commit();
            }
        };
        WatchedDataSource.under(listening, () -> place(order));
        return statements;
    }

    /** Enough of a statement to know it by: up to its first table, or its first words. */
    private static String beginning(String sql) {
        String statement = sql.strip().replaceAll("\\s+", " ");
        return statement.replaceFirst("^(select set_config|with stored as|select [a-z._]+ from [a-z._]+).*", "$1");
    }

    private void beforeItIsStored(Runnable meanwhile, OrderJson order) {
        var interrupted = new WatchedDataSource.Script() {
            @Override
            public void beforeStatement(String sql) {
                if (sql.contains("insert into orders.orders")) {
                    inAnotherThread(meanwhile);
                }
            }
        };
        WatchedDataSource.under(interrupted, () -> place(order));
    }

    private static void inAnotherThread(Runnable work) {
        try {
            Thread.ofVirtual().start(work).join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private QueuedOrder place(OrderJson order) {
        return intake.place(Caller.PLATFORM, CASTLE.id(), json(order), OrderQueue.Mode.ASYNCHRONOUS, false);
    }

    /** One wallet for each number, or one without. */
    private static OrderJson tour(String... numbers) {
        return numbers.length == 0
                ? order().line("31001", 1, WEEKDAY, "10:00:00")
                : order().line("31001", numbers.length, WEEKDAY, "10:00:00", externalReferences(numbers));
    }

    private static JsonNode json(OrderJson body) {
        return JsonMapper.shared().readTree(body.toString());
    }
}
