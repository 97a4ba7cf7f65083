package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Backlog;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Issues what waits in the queue: claims, makes batches of one company each, and hands them to {@link OrderIssuance}.
 */
@Component
class IssuanceJob implements Job {

    /** So that nobody's thousands keep another partner waiting. */
    private static final int CLAIMS_PER_PARTNER_MAX = 64;

    /** What a worker can issue well within its lease. */
    private static final int CLAIMS_MAX = 256;

    /** A batch is one transaction: with these it takes well under a second. */
    private static final int BATCH_ORDERS_MAX = 64;

    private static final int BATCH_ASSETS_MAX = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(IssuanceJob.class);
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(5);

    private final OrderIssuance issuance;
    private volatile Backlog backlog = new Backlog(0, 0, 0, 0, 0, 0);
    private volatile long measuredAt = System.nanoTime() - MEASURED_EVERY.toNanos();

    IssuanceJob(OrderIssuance issuance, MeterRegistry meters) {
        this.issuance = issuance;
        gauge(meters, "ocm.jobs.ready", "Orders that any worker may claim", () -> backlog.ready());
        gauge(
                meters,
                "ocm.jobs.oldest.ready.seconds",
                "How long the oldest of them is due",
                () -> backlog.oldestReadySeconds());
        gauge(meters, "ocm.holds.active", "Drafts that hold capacity", () -> backlog.holds());
        inState(meters, OrderStatus.SUBMITTED, () -> backlog.submitted());
        inState(meters, OrderStatus.SCHEDULED, () -> backlog.scheduled());
        inState(meters, OrderStatus.PROCESSING, () -> backlog.processing());
    }

    private static void gauge(MeterRegistry meters, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(meters);
    }

    private static void inState(MeterRegistry meters, OrderStatus status, Supplier<Number> value) {
        Gauge.builder("ocm.orders.in.state", value)
                .tag("status", status.word())
                .description("Orders in flight, over all companies and nodes")
                .register(meters);
    }

    @Override
    public String name() {
        return "issuance";
    }

    /** Orders of other nodes are found by polling; this node's own wake the job. */
    @Override
    public Duration interval() {
        return Duration.ofMillis(200);
    }

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public boolean runOnce() {
        measure();
        List<Claim> claims = issuance.claimDue(CLAIMS_PER_PARTNER_MAX, CLAIMS_MAX);
        batches(claims).forEach(this::work);
        return !claims.isEmpty();
    }

    /** A batch that cannot even be begun or put back waits for the end of its leases; the next one need not. */
    private void work(List<Claim> batch) {
        try {
            issuance.work(batch.getFirst().company(), batch);
        } catch (RuntimeException failure) {
            LOG.error("issuance batch left, taken again when its leases end orders={}", batch.size(), failure);
        }
    }

    private void measure() {
        if (System.nanoTime() - measuredAt >= MEASURED_EVERY.toNanos()) {
            measuredAt = System.nanoTime();
            try {
                backlog = issuance.backlog();
            } catch (RuntimeException failure) {
                LOG.warn("backlog not measured, orders go on {}", failure.toString());
            }
        }
    }

    /** In the order of the claims, oldest first; a larger order goes alone. */
    static List<List<Claim>> batches(List<Claim> claims) {
        Map<CompanyId, List<Claim>> byCompany = new LinkedHashMap<>();
        claims.forEach(claim -> byCompany
                .computeIfAbsent(claim.company(), company -> new ArrayList<>())
                .add(claim));
        List<List<Claim>> batches = new ArrayList<>();
        for (List<Claim> ofCompany : byCompany.values()) {
            List<Claim> open = new ArrayList<>();
            int assets = 0;
            for (Claim claim : ofCompany) {
                if (!open.isEmpty()
                        && (open.size() == BATCH_ORDERS_MAX || assets + claim.assets() > BATCH_ASSETS_MAX)) {
                    batches.add(List.copyOf(open));
                    open.clear();
                    assets = 0;
                }
                open.add(claim);
                assets += claim.assets();
            }
            batches.add(List.copyOf(open));
        }
        return batches;
    }
}
