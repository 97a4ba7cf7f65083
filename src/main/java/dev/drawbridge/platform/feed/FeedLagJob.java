package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.feed.ChangeStore.Backlog;
import dev.drawbridge.platform.time.Job;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Watches how far the feed is behind: a change waits for its position as long as an older transaction is open, so a
 * forgotten one anywhere in the database cluster stalls every consumer. The change log carries no times; the age of a
 * change is how long this node has seen it wait, on a monotonic clock.
 */
@Component
class FeedLagJob implements Job {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ChangeFeed feed;
    private volatile Backlog backlog = new Backlog(0, 0);
    private volatile long oldestSeenSince = System.nanoTime();

    FeedLagJob(ChangeFeed feed, MeterRegistry meters) {
        this.feed = feed;
        Gauge.builder("ocm.feed.unstamped.rows", () -> backlog.rows())
                .description("Changes that wait for their position")
                .register(meters);
        Gauge.builder("ocm.feed.horizon.lag.seconds", this::lagSeconds)
                .description("How long the oldest of them has been seen waiting")
                .register(meters);
    }

    @Override
    public String name() {
        return "feed-lag";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public boolean runOnce() {
        Backlog now = feed.backlog();
        if (now.oldest() != backlog.oldest()) {
            oldestSeenSince = System.nanoTime();
        }
        backlog = now;
        return false;
    }

    private double lagSeconds() {
        return backlog.rows() == 0 ? 0 : (double) (System.nanoTime() - oldestSeenSince) / TimeUnit.SECONDS.toNanos(1);
    }
}
