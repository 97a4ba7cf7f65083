package dev.drawbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Ways to send orders. Latencies are in microseconds. */
final class Load {

    private static final long HIGHEST_MICROS = 60_000_000L;
    private static final Duration SETTLE_MAX = Duration.ofMinutes(2);

    /** How often an order is looked at: the error of "issued"; more often would measure the reading. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Orders orders;
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();

    /** @param accepted from sending to the answer 201; {@code issued} from that answer to the first sight of Issued */
    record Measured(Histogram accepted, Histogram issued, int count, Duration took) {

        double perSecond() {
            return count * 1e9 / took.toNanos();
        }
    }

    Load(Orders orders) {
        this.orders = orders;
    }

    /** So many connections, each sending the next order when the last one was answered. */
    Measured closed(int connections, int count) throws Exception {
        var accepted = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        var left = new AtomicInteger(count);
        long begun = System.nanoTime();
        inParallel(connections, () -> {
            while (left.getAndDecrement() > 0) {
                long sent = System.nanoTime();
                orders.send();
                accepted.recordValue(micros(sent));
            }
        });
        awaitAllIssued();
        return new Measured(accepted, new Histogram(3), count, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * A fixed rate over so many connections; latencies count from when an order was due, so that a stalled server
     * cannot hide its stalls.
     *
     * @param watch whether each order is read, over connections of its own, until it is Issued, which is load too
     */
    Measured paced(int connections, int perSecond, Duration length, boolean watch) throws Exception {
        var accepted = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        var issued = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        int count = (int) (perSecond * length.toSeconds());
        var next = new AtomicInteger();
        var watching = new Phaser(1);
        long begun = System.nanoTime();
        inParallel(connections, () -> {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                long due = begun + number * 1_000_000_000L / perSecond;
                sleepUntil(due);
                String order = orders.send();
                accepted.recordValue(micros(due));
                if (watch) {
                    watching.register();
                    aside(() -> watch(order, issued), watching::arriveAndDeregister);
                }
            }
        });
        watching.arriveAndAwaitAdvance();
        awaitAllIssued();
        return new Measured(accepted, issued, count, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void watch(String order, Histogram issued) throws IOException, InterruptedException {
        long answered = System.nanoTime();
        while (!orders.status(order).equals("Issued")) {
            if (micros(answered) > HIGHEST_MICROS / 2) {
                throw new IOException("Order " + order + " was not issued in half a minute");
            }
            Thread.sleep(LOOK_EVERY);
        }
        issued.recordValue(micros(answered));
    }

    private void awaitAllIssued() throws Exception {
        long begun = System.nanoTime();
        while (!orders.allIssued()) {
            if (System.nanoTime() - begun > SETTLE_MAX.toNanos()) {
                throw new IOException("Orders were still open after " + SETTLE_MAX);
            }
            Thread.sleep(20);
        }
        Exception failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private void inParallel(int threads, Task task) throws InterruptedException {
        var running = new Thread[threads];
        for (int index = 0; index < threads; index++) {
            running[index] = aside(task, () -> {});
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private Thread aside(Task task, Runnable after) {
        return Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } catch (Exception failure) {
                failures.add(failure);
            } finally {
                after.run();
            }
        });
    }

    private static void sleepUntil(long due) throws InterruptedException {
        long wait = due - System.nanoTime();
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    private static long micros(long since) {
        return Math.clamp((System.nanoTime() - since) / 1_000, 1, HIGHEST_MICROS);
    }
}
