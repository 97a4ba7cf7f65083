package dev.drawbridge.faults.load;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Outcome;
import dev.drawbridge.faults.load.Api.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * A consumer of the change feed as the guide for integrators has it: its copy of a partner's orders. One that forgets
 * begins now and then at the cursor that it stored last, in the middle of what it had read.
 */
public final class FeedReader {

    private static final String CHECK = "C14 feed";
    private static final int PAGE = 200;
    private static final int PAUSE_MILLIS = 1_500;
    private static final long FORGETS_EVERY_NANOS = 20_000_000_000L;
    private static final int STORED_EVERY_PAGES = 3;
    private static final long FINISH_NANOS_MAX = 60_000_000_000L;

    private Api api;
    private final Venue venue;
    private final Venue.Seller seller;
    private final Violations violations;
    private final boolean forgets;
    private final Map<String, String> copy = new ConcurrentHashMap<>();
    private volatile boolean running = true;
    private volatile Thread thread = Thread.currentThread();
    private long cursor;
    private long stored;
    private boolean answered;

    private FeedReader(Api api, Venue venue, Venue.Seller seller, Violations violations, boolean forgets) {
        this.api = api;
        this.venue = venue;
        this.seller = seller;
        this.violations = violations;
        this.forgets = forgets;
    }

    /** Three, of whom one forgets; each of another partner. */
    public static List<FeedReader> of(Api api, List<Venue> venues, Violations violations) {
        Venue first = venues.get(0);
        Venue second = venues.get(1);
        return List.of(
                new FeedReader(api, first, first.sellers().get(0), violations, false),
                new FeedReader(api, second, second.sellers().get(1), violations, false),
                new FeedReader(api, first, first.sellers().get(1), violations, true));
    }

    Venue.Seller seller() {
        return seller;
    }

    /** The last state of each order, by id; {@code Deleted} where a tombstone came. */
    Map<String, String> copy() {
        return copy;
    }

    public void start() {
        thread = Thread.ofVirtual().name("feed-reader").start(this::follow);
    }

    /** Goes on from its cursor at other nodes: those of a restored database. */
    public void finishAt(Api other) throws InterruptedException {
        api = other;
        finish();
    }

    /** Ends following and reads what is left. */
    public void finish() throws InterruptedException {
        running = false;
        thread.join();
        long began = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - began < FINISH_NANOS_MAX) {
            more = round() || !answered;
        }
    }

    private void follow() {
        long remembered = System.nanoTime();
        try {
            while (running) {
                round();
                Thread.sleep(PAUSE_MILLIS);
                if (forgets && System.nanoTime() - remembered > FORGETS_EVERY_NANOS) {
                    remembered = System.nanoTime();
                    cursor = stored;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One walk from the cursor to the last page; whether there was anything. */
    private boolean round() throws InterruptedException {
        String path = venue.path() + "/channelManager/orders/" + seller.id() + "?sync=true&pageSize=" + PAGE
                + "&lastRowVersion=" + cursor;
        boolean found = false;
        for (int pages = 1; ; pages++) {
            Answer answer = api.call(Request.get(path, seller.key()), "feed", "-");
            if (answer.outcome() != Outcome.OK) {
                if (answer.outcome() == Outcome.REFUSED) {
                    violations.add(CHECK, path + " was answered " + answer.status() + " " + answer.body());
                }
                answered = false;
                return false;
            }
            answered = true;
            for (JsonNode entry : answer.body().path("data")) {
                take(entry);
                found = true;
            }
            if (pages % STORED_EVERY_PAGES == 0) {
                stored = cursor;
            }
            if (!answer.body().path("morePages").asBoolean()) {
                return found;
            }
            URI next = URI.create(answer.body().path("nextPageURL").asString());
            path = next.getRawPath() + "?" + next.getRawQuery();
        }
    }

    private void take(JsonNode entry) {
        long version = Long.parseLong(entry.path("rowVersion").asString());
        if (version <= cursor) {
            violations.add(CHECK, "after " + cursor + " came " + version);
        }
        cursor = version;
        boolean deleted = entry.path("deleted").asBoolean(false);
        copy.put(
                entry.path("id").asString(),
                deleted ? "Deleted" : entry.path("status").asString());
    }
}
