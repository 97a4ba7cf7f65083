package dev.drawbridge.faults.load;

import dev.drawbridge.faults.checks.Violations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** So many clients, each with the next order when its last one is at its end. */
public final class Workload {

    private final Api api;
    private final Violations violations;
    private final List<Venue> venues;
    private final long seed;
    private final int clients;
    private final Collection<Story> stories = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** @param seed a part of every reference, so that no two parts of a run share one */
    public Workload(Api api, Violations violations, List<Venue> venues, long seed, int clients) {
        this.api = api;
        this.violations = violations;
        this.venues = venues;
        this.seed = seed;
        this.clients = clients;
    }

    Collection<Story> stories() {
        return stories;
    }

    /** What no log may show: keys, and what stands for the guests. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(Body.CANARY));
        venues.forEach(venue -> {
            secrets.add(venue.operatorKey());
            venue.sellers().forEach(seller -> secrets.add(seller.key()));
        });
        return secrets;
    }

    /** Orders that were begun: what the nemesis goes by. */
    public int begun() {
        return begun.get();
    }

    /**
     * Returns when all orders are at their end.
     *
     * @param allowed how many orders may have begun, given how many have: so that no fault comes too late for its load
     */
    public void run(int orders, IntUnaryOperator allowed) throws InterruptedException {
        int first = begun.get();
        var done = new CountDownLatch(clients);
        for (int number = 0; number < clients; number++) {
            Thread.ofVirtual().name("client-" + number).start(() -> {
                try {
                    client(first + orders, allowed);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        Throwable failure = failures.poll();
        if (failure != null) {
            throw new IllegalStateException("A client of the harness failed", failure);
        }
    }

    private void client(int until, IntUnaryOperator allowed) throws InterruptedException {
        while (true) {
            int number = begun.getAndUpdate(count -> Math.min(count + 1, until));
            if (number >= until) {
                return;
            }
            while (number >= allowed.applyAsInt(number)) {
                Thread.sleep(50);
            }
            order(number);
        }
    }

    private void order(int number) throws InterruptedException {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        Venue venue = venues.get(random.nextInt(venues.size()));
        Venue.Seller seller = venue.sellers().get(random.nextInt(venue.sellers().size()));
        var story = new Story(venue, seller, "FR-" + seed + "-" + number);
        stories.add(story);
        var client = new Client(api, violations, story, random.split());
        Venue other = venues.get(1 - venue.number());
        var probes = new Probes(api, violations, story, client, random.split(), other);
        new Journey(story, client, probes, random.split()).run();
    }
}
