package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Issues what waits in the queue: claims, makes batches of one company each, and hands them to {@link IssuanceRun}. */
@Component
class IssuanceJob implements Job {

    /** So that nobody's thousands keep another partner waiting. */
    private static final int CLAIMS_PER_PARTNER_MAX = 64;

    /** What a worker can issue well within its lease. */
    private static final int CLAIMS_MAX = 256;

    /** A batch is one transaction: with these it takes well under a second. */
    private static final int BATCH_ORDERS_MAX = 64;

    private static final int BATCH_ASSETS_MAX = 2_000;

    private final Transactions transactions;
    private final IssuanceJobStore jobs;
    private final IssuanceRun run;

    IssuanceJob(Transactions transactions, IssuanceJobStore jobs, IssuanceRun run) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.run = run;
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
        List<Claim> claims =
                transactions.acrossCompanies(() -> jobs.claimDue(CLAIMS_PER_PARTNER_MAX, CLAIMS_MAX, OrderQueue.LEASE));
        for (List<Claim> batch : batches(claims)) {
            run.work(batch.getFirst().company(), batch);
        }
        return !claims.isEmpty();
    }

    /** A larger order goes alone. */
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
