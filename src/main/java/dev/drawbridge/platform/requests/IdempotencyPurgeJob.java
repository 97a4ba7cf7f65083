package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets answers that were kept for 24 hours; late by at most the interval, which nobody can tell. */
@Component
class IdempotencyPurgeJob implements Job {

    private final IdempotentRequests requests;

    IdempotencyPurgeJob(IdempotentRequests requests) {
        this.requests = requests;
    }

    @Override
    public String name() {
        return "idempotency-purge";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(15);
    }

    @Override
    public boolean runOnce() {
        return requests.purge();
    }
}
