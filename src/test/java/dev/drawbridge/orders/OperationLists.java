package dev.drawbridge.orders;

import dev.drawbridge.orders.Operation.Content;
import dev.drawbridge.orders.Operation.Hour;
import dev.drawbridge.orders.Operation.Line;
import dev.drawbridge.orders.Operation.Ware;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Makes the lists of {@link OperationListsTest}: what is worth trying often, and what now and then. */
final class OperationLists {

    /** So many orders live at a time, so that they meet often. */
    static final int REFERENCES = 3;

    private static final int OPERATIONS_MAX = 30;

    private OperationLists() {}

    /**
     * An order first: most operations need one. Then any, with gaps, which are left out: a list is shrunk at its ends
     * only, but anywhere in it an operation to a gap.
     */
    static Arbitrary<List<Operation>> any() {
        Arbitrary<Optional<Operation>> gap = Arbitraries.just(Optional.empty());
        Arbitrary<List<Optional<Operation>>> others = Arbitraries.frequencyOf(
                        Tuple.of(1, gap), Tuple.of(50, operations().map(Optional::of)))
                .list()
                .ofMaxSize(OPERATIONS_MAX)
                .withSizeDistribution(RandomDistribution.uniform());
        return Combinators.combine(creations(Arbitraries.just(0)), others).as((first, next) -> Stream.concat(
                        Stream.of(first), next.stream().flatMap(Optional::stream))
                .toList());
    }

    private static Arbitrary<Operation> creations(Arbitrary<Integer> reference) {
        return Combinators.combine(reference, contents(), Arbitraries.of(true, false), rarely())
                .as(Operation.Create::new);
    }

    private static Arbitrary<Boolean> rarely() {
        return Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true));
    }

    private static Arbitrary<Operation> operations() {
        Arbitrary<Integer> reference = Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(3, 1), Tuple.of(1, 2));
        Arbitrary<Integer> slot = Arbitraries.integers().between(0, ExpectedOrder.SLOTS - 1);
        Arbitrary<Integer> worker = Arbitraries.integers().between(0, 1);
        Arbitrary<Boolean> either = Arbitraries.of(false, true);
        return Arbitraries.frequencyOf(
                Tuple.of(10, creations(reference)),
                Tuple.of(
                        6,
                        Combinators.combine(reference, contents(), either, rarely())
                                .as(Operation.Replace::new)),
                Tuple.of(8, Combinators.combine(reference, rarely()).as(Operation.Confirm::new)),
                Tuple.of(4, reference.map(Operation.Cancel::new)),
                Tuple.of(2, reference.map(Operation.ProcessNow::new)),
                Tuple.of(5, rarely().map(Operation.Repeat::new)),
                Tuple.of(3, Combinators.combine(worker, either).as(Operation.Claim::new)),
                Tuple.of(3, worker.map(Operation.Issue::new)),
                Tuple.of(6, worker.map(Operation.Work::new)),
                Tuple.of(2, Arbitraries.of(1, 5).map(Operation.Crash::new)),
                Tuple.of(4, Arbitraries.just(new Operation.EndHolds())),
                Tuple.of(5, times().map(Operation.Wait::new)),
                Tuple.of(
                        2,
                        Combinators.combine(slot, Arbitraries.integers().between(0, 4))
                                .as(Operation.SetCapacity::new)),
                Tuple.of(4, Combinators.combine(slot, either).as(Operation.Close::new)));
    }

    private static Arbitrary<Operation.Time> times() {
        return Arbitraries.frequency(
                Tuple.of(4, Operation.Time.LEASE_IS_OVER),
                Tuple.of(8, Operation.Time.HOLD_IS_OVER),
                Tuple.of(2, Operation.Time.MORNING),
                Tuple.of(1, Operation.Time.NOON),
                Tuple.of(1, Operation.Time.DAY_AFTER));
    }

    private static Arbitrary<Content> contents() {
        Arbitrary<Line> line = Combinators.combine(
                        Arbitraries.of(Ware.class), Arbitraries.integers().between(1, 2), Arbitraries.of(Hour.class))
                .as(Line::new);
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
                        line.list().ofMinSize(1).ofMaxSize(2))
                .as(Content::new);
    }
}
