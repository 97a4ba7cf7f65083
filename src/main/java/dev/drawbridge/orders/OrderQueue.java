package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.Order.OrderRequest;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.time.JobRunner;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.platform.web.Violation;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.WebProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts validated orders into the queue, with the external reference numbers that they reserve at submission. */
@Component
class OrderQueue {

    /** A claim not settled within this time may be taken over; a batch takes a second at most. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** Who issues the order. */
    enum Mode {
        /** Any worker. */
        ASYNCHRONOUS(0, Duration.ZERO),
        /** The call that brought it: its job is stored already claimed. */
        SYNCHRONOUS(1, LEASE);

        private final int leaseToken;
        private final Duration lease;

        Mode(int leaseToken, Duration lease) {
            this.leaseToken = leaseToken;
            this.lease = lease;
        }
    }

    /** Asks the database which of these comparison keys of external reference numbers are in use by other orders. */
    interface TakenReferences {
        Set<String> among(Optional<PartnerId> partner, Optional<String> reference, Set<String> keys);
    }

    private static final Logger LOG = LoggerFactory.getLogger(OrderQueue.class);

    private final OrderIndexStore orders;
    private final OrderAssets assets;
    private final OrderViews views;
    private final DueOrderStore jobs;
    private final IssuanceJob workers;
    private final JobRunner runner;
    private final Transactions transactions;

    OrderQueue(
            OrderIndexStore orders,
            OrderAssets assets,
            OrderViews views,
            DueOrderStore jobs,
            IssuanceJob workers,
            JobRunner runner,
            Transactions transactions) {
        this.orders = orders;
        this.assets = assets;
        this.views = views;
        this.jobs = jobs;
        this.workers = workers;
        this.runner = runner;
        this.transactions = transactions;
    }

    /** Which external reference numbers a new order may not have; those of an order under its own reference it may. */
    Set<String> takenForNew(
            CompanyTransaction transaction, Optional<PartnerId> partner, Optional<String> reference, Set<String> keys) {
        Set<String> taken = new HashSet<>(assets.numbersAmong(transaction, keys));
        taken.addAll(
                partner.isPresent() && reference.isPresent()
                        ? orders.reservedByOtherOrders(
                                transaction, partner.get(), ComparisonKey.of(reference.get()), keys)
                        : orders.reservedAmong(transaction, keys));
        return taken;
    }

    /** Which external reference numbers the order may not have when it is replaced; its own it may. */
    Set<String> takenForReplacement(CompanyTransaction transaction, OrderId order, Set<String> keys) {
        Set<String> taken = new HashSet<>(assets.numbersAmong(transaction, keys));
        taken.addAll(orders.reservedByOthers(transaction, order, keys));
        return taken;
    }

    /**
     * Stores a new order in the queue; empty, and nothing is written, when the partner's reference or the document
     * number exists.
     */
    Optional<QueuedOrder> submitNew(CompanyTransaction transaction, Order order, OrderRequest request, Mode mode) {
        Claim claim = job(transaction, order, request.size().assets(), mode);
        Set<String> keys = referenceKeys(request);
        Optional<Integer> reserved = orders.insert(transaction, order, claim, mode.lease, keys);
        FaultPoint.hit("after-accept-insert");
        reserved.ifPresent(_ -> transactions.afterCommit(() -> logQueued(order, claim)));
        return reserved.map(count -> queued(transaction, order, request, claim, count == keys.size()));
    }

    /**
     * Reserves the external reference numbers of an order that is submitted again and gives it a job.
     *
     * @param order as stored, in the generation that is to be issued
     */
    QueuedOrder submit(CompanyTransaction transaction, Order order, OrderRequest request, Mode mode) {
        Set<String> keys = referenceKeys(request);
        boolean reserved = keys.isEmpty() || orders.reserve(transaction, order.id(), keys) == keys.size();
        Claim claim = enqueue(transaction, order, request.size().assets(), mode);
        return queued(transaction, order, request, claim, reserved);
    }

    /** An order that is submitted already goes on in the call that asked for it; empty when a worker was faster. */
    Optional<Claim> claim(CompanyTransaction transaction, OrderId order) {
        return jobs.claimWaiting(transaction, order, LEASE);
    }

    /** The job of an order that waits or is being issued. */
    Optional<String> jobOf(CompanyTransaction transaction, OrderId order) {
        return jobs.jobOf(transaction, order);
    }

    /** Gives an order that is submitted again a job. */
    Claim enqueue(CompanyTransaction transaction, Order order, long assets, Mode mode) {
        Claim claim = job(transaction, order, assets, mode);
        jobs.insert(transaction, order.partner(), claim, mode.lease);
        transactions.afterCommit(() -> logQueued(order, claim));
        return claim;
    }

    private static Claim job(CompanyTransaction transaction, Order order, long assets, Mode mode) {
        String jobId = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        return new Claim(
                transaction.company(),
                order.id(),
                order.generation(),
                mode.leaseToken,
                0,
                jobId,
                // More than an order may have is refused when it is planned.
                (int) Math.min(assets, Integer.MAX_VALUE),
                TraceContext.current());
    }

    private static Set<String> referenceKeys(OrderRequest request) {
        return request.externalReferences().stream().map(ComparisonKey::of).collect(Collectors.toSet());
    }

    /** Order and job are stored; without all its external reference numbers they are not to be committed. */
    private QueuedOrder queued(
            CompanyTransaction transaction, Order order, OrderRequest request, Claim claim, boolean reserved) {
        if (!reserved) {
            Set<String> taken = orders.reservedByOthers(transaction, order.id(), referenceKeys(request));
            throw new Problem(WebProblem.VALIDATION_FAILED, takenByRival(request, taken));
        }
        if (claim.leaseToken() == 0) {
            transactions.afterCommit(() -> {
                FaultPoint.hit("after-accept-commit");
                runner.wake(workers);
            });
        }
        return new QueuedOrder(views.of(transaction, order), claim);
    }

    private static void logQueued(Order order, Claim claim) {
        LOG.atInfo()
                .addKeyValue("company", claim.company())
                .addKeyValue("partner", order.partner())
                .addKeyValue("orderId", claim.order())
                .addKeyValue("generation", claim.generation())
                .addKeyValue("jobId", claim.jobId())
                .log("order_queued");
    }

    /** Another order reserved these between the check and now. */
    private static List<Violation> takenByRival(OrderRequest request, Set<String> taken) {
        List<Violation> violations = new ArrayList<>();
        for (int item = 0; item < request.lines().size(); item++) {
            List<String> references = request.lines().get(item).wishes().externalReferences();
            for (int index = 0; index < references.size(); index++) {
                if (taken.contains(ComparisonKey.of(references.get(index)))) {
                    violations.add(new Violation(
                            "/items/" + item + "/wallet/externalReferenceNumbers/" + index,
                            ViolationCode.EXTERNAL_REFERENCE_TAKEN.code(),
                            "This external reference number is in use; give another."));
                }
            }
        }
        return violations;
    }

    /**
     * An order in the queue, as it was put there.
     *
     * @param claim of the job: waiting for any worker, or held by the call that brought the order
     */
    record QueuedOrder(OrderView order, Claim claim) {}
}
