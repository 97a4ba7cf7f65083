package dev.drawbridge.orders;

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
import dev.drawbridge.platform.database.CommitUnknown;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The connection dies while COMMIT is under way: the rows say what became of it, and the caller is told that. */
class LostCommitTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();
    private static final Seller SELLER = Seller.at(CASTLE);

    private final OrderIntake intake = TestServer.running().bean(OrderIntake.class);
    private final OrderConfirmation confirmation = TestServer.running().bean(OrderConfirmation.class);
    private final OrderReplacement replacement = TestServer.running().bean(OrderReplacement.class);
    private final OrderCancellation cancellation = TestServer.running().bean(OrderCancellation.class);

    /** What is lost on the way. */
    enum Lost {
        REQUEST,
        REPLY
    }

    @ParameterizedTest
    @EnumSource
    void an_order_is_stored_once_and_its_partner_learns_which(Lost lost) {
        OrderJson order = tour();
        OrderId placed = losing(lost, 1, () -> place(order));
        Reply repeated = SELLER.places(order);
        repeated.isProblem(400, "duplicate_order");
        assertThat(repeated.at("/details/0/orderId")).isEqualTo(placed.toString());
        CASTLE.settle();
        assertThat(record(placed).events()).containsExactly("1 ota_cm_order_processed Draft");
        record(placed).assertConsistent();
    }

    @ParameterizedTest
    @EnumSource
    void an_order_in_error_makes_way_once(Lost lost) {
        OrderJson order = tour();
        Reply failed = SELLER.settles(order().reference(order.reference()).line("31003", 1, WEEKDAY, "20:00:00"));
        losing(lost, 1, () -> place(order));
        assertThat(OrderRecord.of(CASTLE, failed).events()).hasSize(2);
        CASTLE.settle();
    }

    @ParameterizedTest
    @EnumSource
    void a_draft_is_confirmed_once(Lost lost) {
        Reply draft = SELLER.settles(tour());
        Order issued = losing(lost, 1, () -> confirm(draft));
        assertThat(issued.status()).isEqualTo(OrderStatus.ISSUED);
        assertThat(OrderRecord.of(CASTLE, draft).events())
                .containsExactly("1 ota_cm_order_processed Draft", "2 ota_cm_order_processed Issued");
        OrderRecord.of(CASTLE, draft).assertConsistent();
    }

    @ParameterizedTest
    @EnumSource
    void a_deleted_draft_and_a_cancelled_order_answer_as_cancelled(Lost lost) {
        for (Reply order : List.of(SELLER.settles(tour()), SELLER.settles(tour().paid()))) {
            Order cancelled =
                    losing(lost, 1, () -> cancellation.cancel(Caller.PLATFORM, CASTLE.id(), id(order), false));
            assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(OrderRecord.of(CASTLE, order).events()).hasSize(2);
            OrderRecord.of(CASTLE, order).assertConsistent();
        }
        CASTLE.assertCountersEqualReservations();
    }

    @ParameterizedTest
    @EnumSource
    void a_draft_is_replaced_once(Lost lost) {
        OrderJson order = tour();
        Reply draft = SELLER.settles(order);
        losing(lost, 1, () -> replace(draft, order.paid()));
        OrderRecord.of(CASTLE, draft).assertConsistent();
        CASTLE.settle();
        assertThat(SELLER.reads(draft).at("/status")).isEqualTo("Issued");
        assertThat(OrderRecord.of(CASTLE, draft).count("select generation from orders.orders where order_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void a_replacement_that_was_lost_is_not_taken_for_that_of_a_rival() {
        OrderJson order = tour();
        Reply draft = SELLER.settles(order);
        // Both wait for a worker: of the same order, in the same generation.
        assertThatThrownBy(() -> losingToA(
                        () -> replace(draft, order.paid()), () -> replace(draft, tour().reference(order.reference()))))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo(OrderProblem.ORDER_IN_FLIGHT));
        CASTLE.settle();
        assertThat(SELLER.reads(draft).at("/status"))
                .as("the rival's is not paid")
                .isEqualTo("Draft");
        OrderRecord.of(CASTLE, draft).assertConsistent();
    }

    @Test
    void a_replacement_that_was_replaced_again_is_left_to_the_caller() {
        OrderJson order = tour();
        Reply draft = SELLER.settles(order);
        assertThatThrownBy(() -> losingToA(() -> replace(draft, order.paid()), () -> {
                    replace(draft, order);
                    CASTLE.settle();
                    replace(draft, order);
                }))
                .isInstanceOf(CommitUnknown.class);
        CASTLE.settle();
        OrderRecord.of(CASTLE, draft).assertConsistent();
    }

    @Test
    void what_is_not_known_the_second_time_either_is_left_to_the_caller() {
        OrderJson order = tour();
        assertThatThrownBy(() -> losing(Lost.REQUEST, 3, () -> place(order))).isInstanceOf(CommitUnknown.class);
        SELLER.places(order).is(201);
        CASTLE.settle();
    }

    private OrderId place(OrderJson order) {
        return intake.place(Caller.PLATFORM, CASTLE.id(), json(order), OrderQueue.Mode.ASYNCHRONOUS, false)
                .claim()
                .order();
    }

    private Order confirm(Reply draft) {
        return confirmation.confirm(
                Caller.PLATFORM, CASTLE.id(), id(draft), () -> json("{\"paymentReference\": \"PAY-3\"}"), false);
    }

    private QueuedOrder replace(Reply draft, OrderJson order) {
        return replacement.replace(
                Caller.PLATFORM, CASTLE.id(), id(draft), () -> json(order), OrderQueue.Mode.ASYNCHRONOUS, false);
    }

    /** Does the work while its first COMMIT is lost on the way, and a rival acts before anybody can ask the rows. */
    private static <T> T losingToA(Supplier<T> work, Runnable rival) {
        var script = new WatchedDataSource.Script() {
            private boolean lost;

            @Override
            public void commit(Connection connection) throws SQLException {
                if (lost) {
                    connection.commit();
                    return;
                }
                lost = true;
                connection.rollback();
                CompletableFuture.runAsync(rival).join();
                throw new SQLException("The connection was lost, on purpose", "08006");
            }
        };
        return WatchedDataSource.under(script, work);
    }

    /** Does the work while the first COMMITs of this thread are lost. */
    private static <T> T losing(Lost what, int times, Supplier<T> work) {
        var script = new WatchedDataSource.Script() {
            private int left = times;

            @Override
            public void commit(Connection connection) throws SQLException {
                if (left-- <= 0) {
                    connection.commit();
                    return;
                }
                if (what == Lost.REPLY) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                throw new SQLException("The connection was lost, on purpose", "08006");
            }
        };
        T done = WatchedDataSource.under(script, work);
        assertThat(script.left).as("a COMMIT was lost").isLessThan(times);
        return done;
    }

    private static OrderJson tour() {
        return order().line("31003", 1, WEEKDAY, "11:00:00");
    }

    private static OrderRecord record(OrderId order) {
        return new OrderRecord(CASTLE, order.value());
    }

    private static OrderId id(Reply order) {
        return new OrderId(UUID.fromString(order.at("/orderId")));
    }

    private static JsonNode json(Object body) {
        return JsonMapper.shared().readTree(body.toString());
    }
}
