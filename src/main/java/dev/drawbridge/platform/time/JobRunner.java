package dev.drawbridge.platform.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs this node's jobs. It stops after the web server has drained and before the database goes: no new work is begun,
 * what runs is waited for. With {@code drawbridge.jobs.enabled=false} nothing runs, and tests step jobs by hand.
 */
@Component
public class JobRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** Longer than any piece of work may take; whoever hosts us kills after 30 s. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(25);

    /** After a failure the rest grows to this, so that a database that is away is not asked all the time. */
    private static final Duration REST_MAX = Duration.ofSeconds(5);

    private static final Duration FIRST_REST = Duration.ofMillis(250);

    /** Lower than the web server's phase, so it starts before it and stops after it. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8_192;

    private final boolean enabled;
    private final List<Job> jobs;
    private final Map<String, Semaphore> signals;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    JobRunner(@Value("${drawbridge.jobs.enabled:true}") boolean enabled, List<Job> jobs) {
        this.enabled = enabled;
        this.jobs = List.copyOf(jobs);
        this.signals = jobs.stream().collect(Collectors.toUnmodifiableMap(Job::name, job -> new Semaphore(0)));
    }

    /** Ends the rest of one of the job's workers: there is something to do now. */
    public void wake(Job job) {
        Semaphore signal = signal(job);
        if (signal.availablePermits() < job.workers()) {
            signal.release();
        }
    }

    @Override
    public void start() {
        running = true;
        if (!enabled) {
            return;
        }
        for (Job job : jobs) {
            for (int worker = 1; worker <= job.workers(); worker++) {
                threads.add(Thread.ofVirtual().name(job.name() + "-" + worker).start(() -> work(job)));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        jobs.forEach(job -> signal(job).release(job.workers()));
        long deadline = System.nanoTime() + STOP_WAIT_MAX.toNanos();
        for (Thread thread : threads) {
            await(thread, deadline);
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void work(Job job) {
        Duration rest = job.interval();
        while (running) {
            try {
                boolean more = job.runOnce();
                rest = job.interval();
                if (!more) {
                    rest(job, rest);
                }
            } catch (RuntimeException failure) {
                rest = longer(rest);
                LOG.warn("job failed, will be run again job={} after={}", job.name(), rest, failure);
                rest(job, rest);
            }
        }
    }

    private void rest(Job job, Duration rest) {
        try {
            if (signal(job).tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("job woken job={}", job.name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Semaphore signal(Job job) {
        Semaphore signal = signals.get(job.name());
        if (signal == null) {
            throw new IllegalArgumentException("No such job here: " + job.name());
        }
        return signal;
    }

    private static Duration longer(Duration rest) {
        Duration doubled = rest.compareTo(FIRST_REST) < 0 ? FIRST_REST : rest.multipliedBy(2);
        return doubled.compareTo(REST_MAX) > 0 ? REST_MAX : doubled;
    }

    private static void await(Thread thread, long deadline) {
        try {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                LOG.error("worker did not end in time, its lease will; worker={}", thread.getName());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
