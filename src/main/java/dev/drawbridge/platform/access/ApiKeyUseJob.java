package dev.drawbridge.platform.access;

import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Writes down when keys were last used: beside the requests, and for each key at most once in the interval. */
@Component
class ApiKeyUseJob implements Job {

    private final ApiKeys keys;

    ApiKeyUseJob(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "api-key-use";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean runOnce() {
        keys.recordUse();
        return false;
    }
}
