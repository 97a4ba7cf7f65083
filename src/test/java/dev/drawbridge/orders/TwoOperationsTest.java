package dev.drawbridge.orders;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Interleavings;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.DueOrderStore.DueExpiry;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two operations on one order at the same time, in every order of their steps: it ends as if one had come first, and
 * whatever happened, assets, places, jobs and events are those of an order in its state.
 */
@Timeout(180)
class TwoOperationsTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final Castle CASTLE = Castle.opened();

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final OrderIntake intake = TestServer.running().bean(OrderIntake.class);
    private final OrderConfirmation confirmation = TestServer.running().bean(OrderConfirmation.class);
    private final OrderReplacement replacement = TestServer.running().bean(OrderReplacement.class);
    private final OrderCancellation cancellation = TestServer.running().bean(OrderCancellation.class);
    private final OrderExpiry expiry = TestServer.running().bean(OrderExpiry.class);
    private final OrderIssuance issuance = TestServer.running().bean(OrderIssuance.class);
    private final SyncIssuance processing = TestServer.running().bean(SyncIssuance.class);

    @BeforeEach
    void nothing_waits_and_time_stands_still() {
        CASTLE.settle();
        clock.set(clock.now());
    }

    /** What one schedule is played on. */
    private final class Subject {

        private final OrderJson body;
        private final List<OrderId> orders = new CopyOnWriteArrayList<>();
        private final List<Claim> claims = new ArrayList<>();

        Subject(OrderJson body) {
            this.body = body;
        }

        OrderId order() {
            return orders.getFirst();
        }

        String create() {
            Claim claim = intake.place(Caller.PLATFORM, CASTLE.id(), json(body), OrderQueue.Mode.ASYNCHRONOUS, false)
                    .claim();
            orders.add(claim.order());
            return "created";
        }

        Claim claim() {
            return issuance.claimDue(64, 256).stream()
                    .filter(claim -> orders.contains(claim.order()))
                    .findFirst()
                    .orElseThrow();
        }

        /** The operation by its name. */
        Callable<String> does(String operation) {
            return () -> {
                try {
                    return answer(operation);
                } catch (Problem refused) {
                    return refused.code().code();
                }
            };
        }

        private String answer(String operation) {
            return switch (operation) {
                case "create" -> create();
                case "confirm" ->
                    confirmation
                            .confirm(
                                    Caller.PLATFORM,
                                    CASTLE.id(),
                                    order(),
                                    () -> json("{\"paymentReference\": \"PAY-2\"}"),
                                    false)
                            .status()
                            .word();
                case "cancel" ->
                    cancellation
                            .cancel(Caller.PLATFORM, CASTLE.id(), order(), false)
                            .status()
                            .word();
                case "replace" -> {
                    replacement.replace(
                            Caller.PLATFORM,
                            CASTLE.id(),
                            order(),
                            () -> json(body.line("31001", 1, WEEKDAY, "11:00:00")),
                            OrderQueue.Mode.ASYNCHRONOUS,
                            false);
                    yield "replaced";
                }
                case "expire" -> {
                    expiry.expire(new DueExpiry(CASTLE.id(), order()));
                    yield "";
                }
                case "process" -> {
                    claims.add(processing.claim(Caller.PLATFORM, CASTLE.id(), order()));
                    yield "claimed";
                }
                case "issue" -> {
                    issuance.work(CASTLE.id(), claims);
                    yield "";
                }
                case "take over" -> {
                    List<Claim> overdue = issuance.claimDue(64, 256).stream()
                            .filter(claim -> claim.order().equals(order()))
                            .toList();
                    if (!overdue.isEmpty()) {
                        issuance.work(CASTLE.id(), overdue);
                    }
                    yield "";
                }
                default -> throw new IllegalArgumentException(operation);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Draft, cancel, replace",
        "Draft, confirm, cancel",
        "Draft, confirm, replace",
        "Draft past its hold, expire, confirm",
        "Draft past its hold, expire, replace",
        "Draft past its hold, expire, cancel",
        "Draft past its hold, confirm, confirm",
        "Issued, cancel, cancel",
        "Issued, cancel, confirm",
        "overdue, issue, take over",
        "overdue, issue, confirm",
        "overdue, issue, cancel",
        "overdue, issue, replace",
        "Error, create, create",
        "Error, create, cancel",
        "Error, create, replace",
        "Error, create, process",
        "Error, process, replace",
        "Error, process, cancel",
        "Error, process, process",
        "Error, replace, cancel",
        "none, create, create"
    })
    void behave_as_if_one_came_first(String state, String first, String second) throws InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        long takenBefore = takenPlaces();
        int schedules = Interleavings.walk(
                () -> {
                    Subject subject = subject(state);
                    subjects.add(subject);
                    return new Interleavings.Pair(subject.does(first), subject.does(second));
                },
                answers -> outcomes.add(outcome(subjects.getLast(), answers)));
        assertThat(schedules).as("schedules").isGreaterThan(2);
        assertThat(outcomes)
                .as("answers and history in %s schedules, of which the first and the last are one by one", schedules)
                .isSubsetOf(outcomes.getFirst(), outcomes.getLast());
        assertThat(takenPlaces()).as("places still taken when all is cancelled").isEqualTo(takenBefore);
    }

    /** What became of both, once all that was left to do is done. */
    private String outcome(Subject subject, List<String> answers) {
        assertConsistent(subject);
        CASTLE.assertCountersEqualReservations();
        if (!subject.claims.isEmpty()) {
            issuance.work(CASTLE.id(), List.of(subject.claims.getLast()));
        }
        CASTLE.settle();
        assertConsistent(subject);
        String outcome =
                answers + " " + subject.orders.stream().map(this::historyOf).toList();
        subject.orders.forEach(this::cancel);
        assertConsistent(subject);
        return outcome;
    }

    private void cancel(OrderId order) {
        try {
            cancellation.cancel(Caller.PLATFORM, CASTLE.id(), order, false);
        } catch (Problem gone) {
            assertThat(gone.code().code()).isEqualTo("resource_not_found");
        }
    }

    private String historyOf(OrderId order) {
        return new OrderRecord(CASTLE, order.value()).history();
    }

    private void assertConsistent(Subject subject) {
        subject.orders.forEach(order -> new OrderRecord(CASTLE, order.value()).assertConsistent());
    }

    private Subject subject(String state) {
        OrderJson order = order();
        var subject = new Subject(
                switch (state) {
                    case "Issued" -> order.paid().line("31001", 2, WEEKDAY, "10:00:00");
                    case "Error" -> order.line("31003", 1, WEEKDAY, "20:00:00");
                    default -> order.line("31001", 2, WEEKDAY, "10:00:00");
                });
        if (state.equals("none")) {
            return subject;
        }
        subject.create();
        Claim claim = subject.claim();
        if (state.equals("overdue")) {
            subject.claims.add(claim);
            isOver("update orders.issuance_jobs set due_at = platform.now() where order_id = ?", claim);
            return subject;
        }
        issuance.work(CASTLE.id(), List.of(claim));
        if (state.equals("Draft past its hold")) {
            isOver("update orders.orders set hold_expires_at = platform.now() where order_id = ?", claim);
            isOver("update orders.hold_expiries set due_at = platform.now() where order_id = ?", claim);
        }
        return subject;
    }

    /** As if the time had passed: the clock stands still, for moving it takes longer than a whole schedule. */
    private static void isOver(String sql, Claim claim) {
        new OrderRecord(CASTLE, claim.order().value()).change(sql);
    }

    private long takenPlaces() {
        return CASTLE.inDatabase(jdbc -> jdbc.sql("select coalesce(sum(taken), 0) from ticketing.slots")
                .query(Long.class)
                .single());
    }

    private static JsonNode json(Object body) {
        return JsonMapper.shared().readTree(body.toString());
    }
}
