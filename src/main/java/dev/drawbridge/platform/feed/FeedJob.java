package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sequencer: gives positions to the changes of every company. Every node runs it; the head of a company lets one
 * work at a time, and the others go on to the next company.
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
        @Nullable RuntimeException failed = null;
        for (CompanyId company : feed.companiesBehind()) {
            try {
                feed.stampUnlessBusy(company);
            } catch (RuntimeException failure) {
                // One company's trouble is not the others'; the runner hears of it when they are done.
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return false;
    }
}
