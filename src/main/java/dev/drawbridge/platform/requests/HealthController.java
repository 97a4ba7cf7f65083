package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
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

    private final HealthIndicator database;
    private volatile boolean draining;

    HealthController(@Qualifier("database") HealthIndicator database) {
        this.database = database;
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

    /** Comes before the server stops accepting, so that a balancer sees it. */
    @EventListener
    void onStop(ContextClosedEvent stopping) {
        draining = true;
    }

    private static Problem notReady(String message) {
        return new Problem(WebProblem.OVERLOADED, message, List.of(), Map.of("Retry-After", "1"));
    }
}
