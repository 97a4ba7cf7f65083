package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the tables small and the metrics fresh. */
@Component
class WebhookUpkeepJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookUpkeepJob.class);

    private final WebhookUpkeep upkeep;

    WebhookUpkeepJob(WebhookUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return "webhook-upkeep";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean runOnce() {
        List<CompanyId> due = upkeep.claimDue();
        boolean more = due.size() == WebhookUpkeep.COMPANIES_MAX;
        for (CompanyId company : due) {
            more |= purge(company);
        }
        upkeep.measure();
        return more;
    }

    /** One that fails has its next turn; the others must not wait for it. */
    private boolean purge(CompanyId company) {
        try {
            return upkeep.purge(company);
        } catch (RuntimeException failure) {
            LOG.warn("webhook_upkeep failed, tried again in its next turn company={}", company, failure);
            return false;
        }
    }
}
