package dev.drawbridge.webhooks;

import dev.drawbridge.platform.time.Job;
import dev.drawbridge.webhooks.EventStore.DueReplay;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A batch of every replay each second: a replay is history, and must not crowd out what happens now. */
@Component
class ReplayJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);

    private final EventReplay replay;

    ReplayJob(EventReplay replay) {
        this.replay = replay;
    }

    @Override
    public String name() {
        return "webhook-replay";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean runOnce() {
        List<DueReplay> due = replay.due();
        due.forEach(this::goOn);
        return false;
    }

    /** One that fails is found again; the others must not wait for it. */
    private void goOn(DueReplay due) {
        try {
            replay.goOn(due);
        } catch (RuntimeException failure) {
            LOG.warn("webhook_replay failed, tried again webhook={}", due.subscription(), failure);
        }
    }
}
