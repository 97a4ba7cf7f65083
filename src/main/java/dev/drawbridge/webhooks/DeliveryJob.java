package dev.drawbridge.webhooks;

import dev.drawbridge.platform.time.Job;
import dev.drawbridge.platform.time.JobRunner;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Begins what is due to be sent; it goes on beside this job. */
@Component
class DeliveryJob implements Job {

    /** Deliveries that are added or end together are claimed together. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private final DeliverySending sending;
    private final JobRunner runner;

    DeliveryJob(DeliverySending sending, JobRunner runner) {
        this.sending = sending;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "webhook-delivery";
    }

    /** Deliveries of other nodes' events, and retries, are found by polling; this node's own events wake the job. */
    @Override
    public Duration interval() {
        return Duration.ofMillis(200);
    }

    /** A claim takes all that there is room for; whatever ends or comes after it wakes the job again. */
    @Override
    public boolean runOnce() {
        try {
            Thread.sleep(GATHERING);
            sending.startDue(() -> runner.wake(this));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
