package dev.drawbridge.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderRecord;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.orders.OrdersSeen.Answered;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Any list of operations on a few orders and a few places has the answers and the effects that {@link ExpectedOrders}
 * says, step by step. A build tries as many lists as {@code junit-platform.properties} says; before a change of the
 * life cycle goes in, {@code -Djqwik.tries.default=10000} tries more. What else helps is in CONTRIBUTING.md.
 */
class OperationListsTest {

    private static final int[] CAPACITY = {3, 2, 3};

    private static final String REACHED = "answers";
    private static final String REPLAYED = "replayed";

    private static final int MANY_ANSWERS = 1000;
    private static final int LISTS_OF_A_COMPANY = 200;

    /** If none of many lists has one of these, they are not the lists that they are meant to be. */
    private static final List<String> TO_BE_REACHED = List.of(
            "Draft",
            "Issued",
            "Cancelled",
            "capacity_exceeded",
            "order_in_flight",
            "duplicate_order",
            "idempotency_key_reused",
            REPLAYED);

    private static final String SETUP = """
            partners:
              - { id: %s, name: Journey Deals }
            admissions:
              - code: CASTLE
                entry: TIMED
                schedules:
                  - { at: ["10:00"], lasts: PT1H, capacity: %d }
                  - { at: ["14:00"], lasts: PT1H, capacity: %d }
              - { code: GARDEN, entry: DAY, schedules: [{ from: "08:00", until: "20:00", capacity: %d }] }
            ticketTypes:
              - { code: ENTRY, registration: INDIVIDUAL, admissions: [CASTLE], numberPattern: "ENT-[X*10]" }
              - { code: GROUP, registration: GROUP, admissions: [CASTLE], numberPattern: "GRP-[X*10]" }
              - { code: BOTH, registration: INDIVIDUAL, admissions: [CASTLE, GARDEN], numberPattern: "DAY-[X*10]" }
            couponTypes:
              - code: CAFE
                description: Coffee
                item: "41001"
                discount: { percent: 10 }
                validity: P30D
                numberPattern: "CAF-[X*10]"
            items:
              - { number: "31001", description: Entry, ticketType: ENTRY }
              - { number: "31004", description: Group, ticketType: GROUP }
              - { number: "31005", description: Both, ticketType: BOTH }
              - { number: "41001", description: Coffee }
              - number: "32001"
                description: Bundle
                package: [{ item: "31001", quantity: 1 }, { item: "41001", quantity: 1 }]
            """.formatted(Castle.JOURNEY_DEALS, CAPACITY[0], CAPACITY[1], CAPACITY[2]);

    private static final TestClock CLOCK = new TestClock();
    private static final Instant BEGIN = CLOCK.now();
    private static final LocalDate DAY = BEGIN.atZone(Castle.ZONE).toLocalDate().plusDays(2);

    /** Empty after a list that failed: what it left behind must not be what the next one fails by. */
    private static Optional<Played> clean = Optional.empty();

    /** @param lists so many have been played here */
    private record Played(Castle castle, List<String> slots, int lists) {

        /** For the next list, unless what the former ones left behind makes it slow to look at. */
        Optional<Played> again() {
            return lists + 1 < LISTS_OF_A_COMPANY
                    ? Optional.of(new Played(castle, slots, lists + 1))
                    : Optional.empty();
        }
    }

    @AfterContainer
    static void the_clock_shows_the_real_time() {
        CLOCK.restore();
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void any_list_of_operations_does_what_the_contract_says(@ForAll("lists") List<Operation> operations) {
        Played played = clean.orElseGet(OperationListsTest::opened);
        clean = Optional.empty();
        Castle castle = played.castle();
        CLOCK.set(BEGIN);
        var time = new ExpectedTime(BEGIN, DAY, Castle.ZONE);
        var expected = new ExpectedOrders(time, CAPACITY);
        var real = new RealOrders(castle, DAY, played.slots());
        List<Operation> done = new ArrayList<>();
        Consumer<Operation> play = operation -> {
            done.add(operation);
            Set<Answered> answers = expected.does(operation);
            if (operation instanceof Operation.Wait) {
                CLOCK.set(time.now());
            }
            Answered answer = real.does(operation);
            Statistics.label(REACHED).collect(answer.replayed() ? REPLAYED : answer.word());
            assertThat(answer).as("answer to the last of %s", done).isIn(answers);
            assertThat(real.seen()).as("what is after %s", done).isEqualTo(expected.seen());
        };
        operations.forEach(play);
        assertConsistent(castle, real);
        cleaningUp(expected.seen()).forEach(play);
        assertThat(real.seen().slots())
                .allSatisfy(slot -> assertThat(slot.taken()).isZero());
        clean = played.again();
        Statistics.label(REACHED)
                .coverage(reached -> TO_BE_REACHED.forEach(
                        word -> reached.check(word).count((count, answers) -> count > 0 || answers < MANY_ANSWERS)));
    }

    private static Played opened() {
        CLOCK.restore();
        Castle opened = Castle.opened(setup -> setup.substring(setup.indexOf("company:"), setup.indexOf("partners:"))
                        .replace("saleHorizon: P" + Castle.HORIZON_DAYS + "D", "saleHorizon: P4D")
                + SETUP);
        opened.settle();
        return new Played(opened, RealOrders.slots(opened, DAY), 0);
    }

    /** So that the next list finds every place free. */
    private static List<Operation> cleaningUp(OrdersSeen left) {
        List<Operation> operations = new ArrayList<>();
        if (left.orders().stream().anyMatch(order -> List.of("Submitted", "Scheduled", "Processing")
                .contains(order.status()))) {
            operations.add(new Operation.Wait(Operation.Time.LEASE_IS_OVER));
            operations.add(new Operation.Work(0));
        }
        if (left.orders().stream().anyMatch(order -> !order.status().equals("gone"))) {
            IntStream.range(0, OperationLists.REFERENCES)
                    .mapToObj(Operation.Cancel::new)
                    .forEach(operations::add);
        }
        for (int slot = 0; slot < left.slots().size(); slot++) {
            if (left.slots().get(slot).closed()) {
                operations.add(new Operation.Close(slot, false));
            }
            if (left.slots().get(slot).capacity() != CAPACITY[slot]) {
                operations.add(new Operation.SetCapacity(slot, CAPACITY[slot]));
            }
        }
        return operations;
    }

    private static void assertConsistent(Castle castle, RealOrders real) {
        castle.assertCountersEqualReservations();
        real.orders().forEach(order -> new OrderRecord(castle, order).assertConsistent());
    }

    @Provide
    Arbitrary<List<Operation>> lists() {
        return OperationLists.any();
    }
}
