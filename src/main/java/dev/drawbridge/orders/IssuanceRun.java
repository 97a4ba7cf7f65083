package dev.drawbridge.orders;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Issues claimed orders and decides what a failure means: a batch goes on one by one, an order is tried again. */
@Component
class IssuanceRun {

    private static final Logger LOG = LoggerFactory.getLogger(IssuanceRun.class);
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int DELAY_FACTOR = 4;

    private final OrderIssuance issuance;
    private final IssuanceJobStore jobs;
    private final Transactions transactions;

    IssuanceRun(OrderIssuance issuance, IssuanceJobStore jobs, Transactions transactions) {
        this.issuance = issuance;
        this.jobs = jobs;
        this.transactions = transactions;
    }

    /** Returns when each order has settled, has been put back for another attempt, or turned out to be another's. */
    void work(CompanyId company, List<Claim> claims) {
        List<Claim> held = issuance.start(claims);
        // An order that killed its node five times has no exception to show for it, only its attempts.
        held.stream().filter(claim -> claim.attempts() > ATTEMPTS_MAX).forEach(issuance::giveUp);
        issue(
                company,
                held.stream().filter(claim -> claim.attempts() <= ATTEMPTS_MAX).toList());
    }

    private void issue(CompanyId company, List<Claim> held) {
        if (held.isEmpty()) {
            return;
        }
        try {
            issuance.issue(company, held);
        } catch (RuntimeException failure) {
            if (held.size() == 1) {
                putBack(held.getFirst(), failure);
            } else {
                LOG.warn(
                        "issuance batch failed, its orders go on one by one company={} orders={}",
                        company,
                        held.size(),
                        failure);
                held.forEach(claim -> issue(company, List.of(claim)));
            }
        }
    }

    private void putBack(Claim claim, RuntimeException failure) {
        if (claim.attempts() >= ATTEMPTS_MAX) {
            LOG.error(
                    "issuance failed for good, the order becomes Error order={} attempt={}",
                    claim.order(),
                    claim.attempts(),
                    failure);
            issuance.giveUp(claim);
            return;
        }
        Duration delay = delay(claim.attempts());
        LOG.warn(
                "issuance failed, will be tried again order={} attempt={} delay={}",
                claim.order(),
                claim.attempts(),
                delay,
                failure);
        transactions.acrossCompanies(() -> {
            jobs.putBack(claim, delay);
            return claim;
        });
    }

    /** 1 s, 4 s, 16 s, 64 s, each half more or less, so that orders that failed together do not return together. */
    private static Duration delay(int attempt) {
        long millis = FIRST_DELAY.toMillis() * (long) Math.pow(DELAY_FACTOR, attempt - 1);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + millis / 2));
    }
}
