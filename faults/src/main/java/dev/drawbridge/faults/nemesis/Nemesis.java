package dev.drawbridge.faults.nemesis;

import dev.drawbridge.faults.checks.Progress;
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
public final class Nemesis {

    /** Orders may run ahead of the faults by so many faults. */
    private static final int AHEAD = 2;

    private interface Injection {
        void inject() throws Exception;
    }

    private record Fault(FaultKind kind, Injection injection) {}

    private static final class Lane {

        private final List<Fault> faults = new ArrayList<>();
        private final AtomicInteger done = new AtomicInteger();

        void add(int times, FaultKind kind, Injection injection) {
            faults.addAll(Collections.nCopies(times, new Fault(kind, injection)));
        }

        int allowed(int orders) {
            int finished = done.get();
            return finished >= faults.size() - AHEAD ? orders : (finished + AHEAD) * orders / faults.size();
        }

        void run(int orders, IntSupplier begun, FaultLog log) throws Exception {
            for (int index = 0; index < faults.size(); index++) {
                while (begun.getAsInt() < (long) index * orders / faults.size()) {
                    Thread.sleep(20);
                }
                Fault fault = faults.get(index);
                long began = System.nanoTime();
                fault.injection().inject();
                log.injected(fault.kind().words(), began);
                done.incrementAndGet();
            }
        }
    }

    private final int orders;
    private final FaultLog log;
    private final Lane nodes = new Lane();
    private final Lane others = new Lane();

    public Nemesis(Plan plan, long seed, ProcessFaults process, OtherFaults other, FaultLog log) {
        this.orders = plan.safetyOrders();
        this.log = log;
        for (FaultKind kind : FaultKind.values()) {
            Lane lane = kind.happensToNodes() ? nodes : others;
            lane.add(plan.times(kind), kind, injection(kind, process, other));
        }
        var random = new Random(seed);
        Collections.shuffle(nodes.faults, random);
        Collections.shuffle(others.faults, random);
    }

    private static Injection injection(FaultKind kind, ProcessFaults process, OtherFaults other) {
        return switch (kind) {
            case KILL -> process::kill;
            case HALT_AT_POINT -> process::haltAtPoint;
            case STOP -> process::stop;
            case STOP_AT_POINT -> process::stopAtPoint;
            case ROLLING_RESTART -> process::rollingRestart;
            case DEPLOYMENT -> process::deploy;
            case RESTART_OF_DATABASE -> () -> other.crashDatabase("QUIT");
            case KILL_OF_POSTMASTER -> () -> other.crashDatabase("KILL");
            case TERMINATED_BACKENDS -> other::terminateBackends;
            case LOST_COMMIT_REPLY -> other::loseCommitReply;
            case LOST_COMMIT_REQUEST -> other::loseCommitRequest;
            case DATABASE_PATH -> other::disturbDatabasePath;
            case PARTNERS_PATH -> other::disturbPartners;
            case RECEIVERS_PATH -> other::swallowReceipts;
            case CLOCK -> other::moveClock;
            case THROW_AT_POINT -> other::throwAtPoint;
        };
    }

    /** How many orders may have begun, so that no fault comes after its load. */
    public int allowed() {
        return Math.min(nodes.allowed(orders), others.allowed(orders));
    }

    /** Begins; the returned future ends when every fault was injected, or one could not be. */
    public CompletableFuture<Void> start(IntSupplier begun) {
        return CompletableFuture.allOf(lane(nodes, begun), lane(others, begun));
    }

    private CompletableFuture<Void> lane(Lane lane, IntSupplier begun) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().name("nemesis").start(() -> {
            try {
                lane.run(orders, begun, log);
                done.complete(null);
            } catch (Exception failure) {
                // The clients must come to their end all the same.
                Progress.say("a fault could not be injected: " + failure);
                lane.done.set(lane.faults.size());
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    public static void await(CompletableFuture<Void> nemesis) throws Exception {
        try {
            nemesis.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A fault could not be injected", failure.getCause());
        }
    }
}
