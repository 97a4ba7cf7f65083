package dev.drawbridge.orders;

import dev.drawbridge.platform.time.Job;
import dev.drawbridge.platform.web.TraceContext;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks for holds that are over. Every node does; the order's lock decides who ends one. */
@Component
class OrderExpiryJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(OrderExpiryJob.class);
    private static final int BATCH_MAX = 100;

    private final OrderExpiry expiry;

    OrderExpiryJob(OrderExpiry expiry) {
        this.expiry = expiry;
    }

    @Override
    public String name() {
        return "hold-expiry";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public boolean runOnce() {
        List<DueOrderStore.DueExpiry> due = expiry.due(BATCH_MAX);
        due.forEach(one -> TraceContext.begun().during(() -> expire(one)));
        return due.size() == BATCH_MAX;
    }

    /** One that fails is found due again; the others must not wait for it. */
    private void expire(DueOrderStore.DueExpiry due) {
        try {
            expiry.expire(due);
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("orderId", due.order())
                    .log("hold_not_ended: it will be tried again");
        }
    }
}
