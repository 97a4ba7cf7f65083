package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * The sequencer: gives positions to the changes of every company. Every node does; a company's head lets one at a time.
 */
@Component
class FeedJob implements Job {

    private final ChangeFeed feed;

    FeedJob(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public String name() {
        return "change-feed";
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(200);
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public boolean runOnce() {
        feed.companiesBehind().forEach(feed::stamp);
        return false;
    }
}
