package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final OrderIssuance issuance;

    IssuanceJob(OrderIssuance issuance) {
        this.issuance = issuance;
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
        List<Claim> claims = issuance.claimDue(CLAIMS_PER_PARTNER_MAX, CLAIMS_MAX);
        for (List<Claim> batch : batches(claims)) {
            issuance.work(batch.getFirst().company(), batch);
        }
        return !claims.isEmpty();
    }

    /** Oldest first, as the ids grow with time; a larger order goes alone. */
    static List<List<Claim>> batches(List<Claim> claims) {
        Map<CompanyId, List<Claim>> byCompany = new LinkedHashMap<>();
        claims.stream().sorted(Comparator.comparing(Claim::order)).forEach(claim -> byCompany
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
