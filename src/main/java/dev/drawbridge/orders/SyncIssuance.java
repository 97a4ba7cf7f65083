package dev.drawbridge.orders;

import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot.OrderSize;
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
        var issuing = CompletableFuture.runAsync(() -> issuance.work(claim.company(), List.of(claim)), executor);
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

    /**
     * Claims an order for a call of an operator who wants it issued now: one that waits, or one in Error once more.
     *
     * @throws Problem {@code resource_not_found}, {@code order_in_flight}, {@code order_not_processable}
     */
    Claim claim(Caller caller, CompanyId company, OrderId id) {
        return transactions.inCompany(company, transaction -> {
            Order order = access.lock(transaction, caller, id);
            order.status().refusal(OrderStatus.Action.PROCESS).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            return order.status() == OrderStatus.ERROR
                    ? again(transaction, order)
                    : queue.claim(transaction, id).orElseThrow(() -> new Problem(OrderProblem.ORDER_IN_FLIGHT));
        });
    }

    private Claim again(CompanyTransaction transaction, Order order) {
        orders.resubmit(transaction, order);
        CompanySnapshot company = snapshots.of(transaction);
        long assets = order.lines().stream()
                .flatMap(line -> company.catalog().item(line.itemNumber()).stream()
                        .map(item -> company.sizeOf(item, line.quantity())))
                .reduce(OrderSize.NONE, OrderSize::plus)
                .assets();
        return queue.enqueue(
                transaction, order.resubmitted(order.terms()), Math.toIntExact(assets), OrderQueue.Mode.SYNCHRONOUS);
    }
}
