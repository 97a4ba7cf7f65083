package dev.drawbridge.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Brings the faults of a plan upon the run, in an order that the seed gives, spread evenly over its orders: on one lane
 * what happens to nodes, on the other all else.
 */
final class Nemesis {

    /** Orders may run ahead of the faults by so many faults. */
    private static final int AHEAD = 2;

    private interface Fault {
        void inject() throws Exception;
    }

    private static final class Lane {

        private final List<Fault> faults = new ArrayList<>();
        private final AtomicInteger done = new AtomicInteger();

        void add(int times, Fault fault) {
            faults.addAll(Collections.nCopies(times, fault));
        }

        int allowed(int orders) {
            int finished = done.get();
            return finished >= faults.size() - AHEAD ? orders : (finished + AHEAD) * orders / faults.size();
        }

        void run(int orders, IntSupplier begun) throws Exception {
            for (int index = 0; index < faults.size(); index++) {
                while (begun.getAsInt() < (long) index * orders / faults.size()) {
                    Thread.sleep(20);
                }
                faults.get(index).inject();
                done.incrementAndGet();
            }
        }
    }

    private final int orders;
    private final Lane nodes = new Lane();
    private final Lane others = new Lane();

    Nemesis(Plan plan, long seed, ProcessFaults process, OtherFaults other) {
        this.orders = plan.orders();
        nodes.add(plan.killsBySignal(), process::kill);
        nodes.add(plan.killsAtPoint(), process::haltAtPoint);
        nodes.add(plan.stops(), process::stop);
        nodes.add(plan.stopsAtPoint(), process::stopAtPoint);
        nodes.add(plan.rollingRestarts(), process::rollingRestart);
        others.add(plan.restarts(), () -> other.crashDatabase("QUIT"));
        others.add(plan.postmasterKills(), () -> other.crashDatabase("KILL"));
        others.add(plan.terminations(), other::terminateBackends);
        others.add(plan.commitsLost(), other::loseCommitReply);
        others.add(plan.commitsLost(), other::loseCommitRequest);
        others.add(plan.proxyFaults(), other::disturbDatabasePath);
        others.add(plan.clientFaults(), other::disturbPartners);
        others.add(plan.clientFaults(), other::swallowReceipts);
        others.add(plan.clockMoves(), other::moveClock);
        others.add(plan.throwsAtPoint(), other::throwAtPoint);
        var random = new Random(seed);
        Collections.shuffle(nodes.faults, random);
        Collections.shuffle(others.faults, random);
    }

    /** How many orders may have begun, so that no fault comes after its load. */
    int allowed() {
        return Math.min(nodes.allowed(orders), others.allowed(orders));
    }

    /** Begins; the returned future ends when every fault was injected, or one could not be. */
    CompletableFuture<Void> start(IntSupplier begun) {
        return CompletableFuture.allOf(lane(nodes, begun), lane(others, begun));
    }

    private CompletableFuture<Void> lane(Lane lane, IntSupplier begun) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().name("nemesis").start(() -> {
            try {
                lane.run(orders, begun);
                done.complete(null);
            } catch (Exception failure) {
                // The clients must come to their end all the same.
                Run.say("a fault could not be injected: " + failure);
                lane.done.set(lane.faults.size());
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    static void await(CompletableFuture<Void> nemesis) throws Exception {
        try {
            nemesis.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A fault could not be injected", failure.getCause());
        }
    }
}
