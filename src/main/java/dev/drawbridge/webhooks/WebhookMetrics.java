package dev.drawbridge.webhooks;

import dev.drawbridge.webhooks.LaneStore.Claim;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What the operator watches; see docs/operations.md. */
@Component
class WebhookMetrics {

    private static final List<String> OUTCOMES =
            List.of("delivered", "retry", "gone", "dead", "handed_back", "lease_lost");

    private final MeterRegistry registry;
    private final Counter dead;
    private final Counter leasesStolen;
    private final AtomicLong longestWaitMillis = new AtomicLong();
    private final AtomicInteger disabled = new AtomicInteger();

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        OUTCOMES.forEach(this::attempts);
        this.dead = Counter.builder("ocm.webhook.dead")
                .description("Deliveries given up; they can be sent again")
                .register(registry);
        this.leasesStolen = registry.counter("ocm.lease.stolen");
        Gauge.builder("ocm.webhook.oldest.pending", longestWaitMillis, millis -> millis.get() / 1_000.0)
                .baseUnit("seconds")
                .description("How long the oldest pending delivery has waited")
                .register(registry);
        Gauge.builder("ocm.webhook.endpoint.disabled", disabled, AtomicInteger::get)
                .description("Webhooks that the server has disabled: 410, or days without a success")
                .register(registry);
    }

    void claimed(List<Claim> claims) {
        leasesStolen.increment((double) claims.stream().filter(Claim::stolen).count());
    }

    /** @param recorded whether the lane was still held afterwards */
    void attempted(Verdict verdict, boolean recorded) {
        attempts(outcome(verdict, recorded)).increment();
    }

    private Counter attempts(String outcome) {
        return registry.counter("ocm.webhook.attempts", "outcome", outcome);
    }

    void dead() {
        dead.increment();
    }

    void measured(Duration longestWait, int disabledByServer) {
        longestWaitMillis.set(longestWait.toMillis());
        disabled.set(disabledByServer);
    }

    /** In the words of the metric and the log. */
    static String outcome(Verdict verdict, boolean recorded) {
        return recorded ? outcome(verdict) : "lease_lost";
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Delivered _ -> "delivered";
            case Verdict.Again _ -> "retry";
            case Verdict.Dead given when given.gone() -> "gone";
            case Verdict.Dead _ -> "dead";
            case Verdict.HandedBack _ -> "handed_back";
        };
    }
}
