package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever watches the process: {@code /livez} never touches the database, {@code /readyz} asks it. */
@RestController
class HealthController {

    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);

    private final HealthIndicator database;
    private final Duration stopDelay;
    private volatile boolean draining;

    /** @param stopDelay how long a stopping server answers that it is not ready, before it takes no more requests */
    HealthController(
            @Qualifier("database") HealthIndicator database, @Value("${drawbridge.stop-delay:0s}") Duration stopDelay) {
        this.database = database;
        this.stopDelay = stopDelay;
    }

    @GetMapping("/livez")
    Answer live() {
        return Answer.ok(Map.of("status", "live"));
    }

    @GetMapping("/readyz")
    Answer ready() {
        if (draining) {
            throw notReady("The server is stopping; send requests to another one.");
        }
        Health health = Objects.requireNonNull(database.health());
        if (!Status.UP.equals(health.getStatus())) {
            throw notReady(String.valueOf(health.getDetails().get("reason")));
        }
        return Answer.ok(Map.of("status", "ready"));
    }

    /**
     * Comes before the socket is closed, which waits for this: a balancer can see it only as long as somebody answers.
     * The context of the management port closes as well, later, and is not waited for again.
     */
    @EventListener
    void onStop(ContextClosedEvent stopping) {
        boolean told = draining;
        draining = true;
        if (told || stopDelay.isZero()) {
            return;
        }
        LOG.info("stopping: not ready, and no more requests are taken in {} s", stopDelay.toSeconds());
        try {
            Thread.sleep(stopDelay);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Problem notReady(String message) {
        return new Problem(WebProblem.OVERLOADED, message, List.of(), Map.of("Retry-After", "1"));
    }
}
