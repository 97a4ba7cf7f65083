package dev.drawbridge.platform.web;

import java.util.List;
import java.util.Map;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever watches the process: {@code /livez} never touches the database, {@code /readyz} asks it. */
@RestController
class HealthController {

    private final ReadinessStore database;
    private volatile boolean draining;

    HealthController(ReadinessStore database) {
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
        if (!databaseIsReady()) {
            throw notReady("The database does not answer or has no schema; wait until it does.");
        }
        return Answer.ok(Map.of("status", "ready"));
    }

    /** Comes before the server stops accepting, so that a balancer sees it. */
    @EventListener
    void onStop(ContextClosedEvent stopping) {
        draining = true;
    }

    private boolean databaseIsReady() {
        try {
            return database.schemaIsThere();
        } catch (DataAccessException unreachable) {
            return false;
        }
    }

    private static Problem notReady(String message) {
        return new Problem(WebProblem.OVERLOADED, message, List.of(), Map.of("Retry-After", "1"));
    }
}
