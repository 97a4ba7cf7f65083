package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Issues orders inside the call that asked for it, by the very steps of the workers, and for a bounded time. */
@Component
class SyncIssuance {

    /** Each takes a connection or two while it issues; the workers need theirs. */
    private static final int CALLS_MAX = 8;

    /** Who would wait longer is better told to come again. */
    private static final Duration ADMISSION_WAIT_MAX = Duration.ofSeconds(2);

    /** After that the answer shows the status so far, and the order goes on without the call. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(SyncIssuance.class);

    private final Semaphore calls = new Semaphore(CALLS_MAX, true);
    private final Executor executor =
            task -> Thread.ofVirtual().name("sync-issuance").start(task);
    private final OrderIssuance issuance;
    private final OrderQueries queries;
    private final Transactions transactions;
    private final CompanySnapshots snapshots;
    private final OrderAccess access;
    private final OrderStore orders;
    private final OrderQueue queue;

    SyncIssuance(
            OrderIssuance issuance,
            OrderQueries queries,
            Transactions transactions,
            CompanySnapshots snapshots,
            OrderAccess access,
            OrderStore orders,
            OrderQueue queue) {
        this.issuance = issuance;
        this.queries = queries;
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.access = access;
        this.orders = orders;
        this.queue = queue;
    }

    /**
     * Runs a call that issues inside itself.
     *
     * @throws Problem {@code overloaded} when too many do, before anything is written
     */
    <T> T admitted(Function<Admission, T> call) {
        if (!tryAcquire()) {
            throw new Problem(WebProblem.OVERLOADED, Map.of("Retry-After", "1"));
        }
        var admission = new Admission();
        try {
            return call.apply(admission);
        } finally {
            admission.end();
        }
    }

    /** The right of one call to issue inside itself: until its answer is due, and until what it has begun has ended. */
    final class Admission {

        private final long begun = System.nanoTime();
        private CompletableFuture<Void> run = CompletableFuture.completedFuture(null);

        /** Returns when the run is over, whatever became of the order, or when the answer is due. */
        void issue(Claim claim) {
            run = CompletableFuture.runAsync(
                            () -> claim.trace().during(() -> issuance.work(claim.company(), List.of(claim))), executor)
                    .whenComplete((_, failure) -> logFailed(claim, failure));
            try {
                run.get(left().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException goesOnWithoutUs) {
                // The run has put the order back, or its lease will end: the workers finish it either way.
                return;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** The order once it has settled, or as it is when the answer is due. */
        Order await(Caller caller, CompanyId company, OrderId id) {
            Order order = queries.find(caller, company, id);
            while (order.status().inFlight() && left().isPositive() && pause()) {
                order = queries.find(caller, company, id);
            }
            return order;
        }

        private Duration left() {
            return ANSWER_WAIT_MAX.minusNanos(System.nanoTime() - begun);
        }

        /** A run that its call did not wait for takes its share of the database all the same. */
        private void end() {
            var _ = run.whenComplete((_, _) -> calls.release());
        }
    }

    /** Also of a run whose call has been answered meanwhile. */
    private static void logFailed(Claim claim, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("orderId", claim.order())
                    .log("sync_issuance failed: workers take the order when its lease is over");
        }
    }

    private boolean tryAcquire() {
        try {
            return calls.tryAcquire(ADMISSION_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether to go on after it. */
    private static boolean pause() {
        try {
            Thread.sleep(POLL);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Claims an order for a call of an operator who wants it issued now: one that waits, or one in Error once more.
     * Audited.
     *
     * @throws Problem {@code resource_not_found}, {@code order_in_flight}, {@code order_not_processable}
     */
    Claim claim(Caller caller, CompanyId company, OrderId id) {
        return transactions.inCompany(company, transaction -> {
            Order order = access.lock(transaction, caller, id);
            order.status().refusal(OrderStatus.Action.PROCESS).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            access.audit(transaction, caller, "order_processed", order);
            return order.status() == OrderStatus.ERROR
                    ? again(transaction, order)
                    : queue.claim(transaction, id).orElseThrow(() -> new Problem(OrderProblem.ORDER_IN_FLIGHT));
        });
    }

    private Claim again(CompanyTransaction transaction, Order order) {
        orders.resubmit(transaction, order);
        long assets = snapshots.of(transaction).sizeOf(order.lines()).assets();
        return queue.enqueue(transaction, order.resubmitted(order.terms()), assets, OrderQueue.Mode.SYNCHRONOUS);
    }
}
