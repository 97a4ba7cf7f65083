package dev.drawbridge.orders;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.OrderId;
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
import java.util.function.Supplier;
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

    private final Semaphore calls = new Semaphore(CALLS_MAX, true);
    private final Executor executor =
            task -> Thread.ofVirtual().name("sync-issuance").start(task);
    private final IssuanceRun run;
    private final OrderQueries queries;

    SyncIssuance(IssuanceRun run, OrderQueries queries) {
        this.run = run;
        this.queries = queries;
    }

    /**
     * Runs a call that issues inside itself.
     *
     * @throws Problem {@code overloaded} when too many do, before anything is written
     */
    <T> T admitted(Supplier<T> call) {
        if (!tryAcquire()) {
            throw new Problem(WebProblem.OVERLOADED, Map.of("Retry-After", "1"));
        }
        try {
            return call.get();
        } finally {
            calls.release();
        }
    }

    /** Returns when the order has settled, or when its time is over. */
    void issue(Claim claim) {
        var issuing = CompletableFuture.runAsync(() -> run.work(claim.company(), List.of(claim)), executor);
        try {
            issuing.get(ANSWER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException goesOnWithoutUs) {
            // The run has put the order back, or its lease will end: the workers finish it either way.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The order once it has settled, or as it is when the time is over. */
    Order await(Caller caller, CompanyId company, OrderId id) {
        long polls = ANSWER_WAIT_MAX.dividedBy(POLL);
        Order order = queries.find(caller, company, id);
        for (long poll = 0; poll < polls && order.status().inFlight(); poll++) {
            pause();
            order = queries.find(caller, company, id);
        }
        return order;
    }

    private boolean tryAcquire() {
        try {
            return calls.tryAcquire(ADMISSION_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
