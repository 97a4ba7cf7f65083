package dev.drawbridge.webhooks;

import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps the tables small and the metrics fresh. */
@Component
class WebhookUpkeepJob implements Job {

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
        upkeep.measure();
        return upkeep.purge();
    }
}
