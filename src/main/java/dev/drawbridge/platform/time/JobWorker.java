package dev.drawbridge.platform.time;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a job. */
final class JobWorker {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private final Job job;
    private final JobSignal signal;
    private final Thread thread;
    private int failures;

    JobWorker(Job job, JobSignal signal, int number) {
        this.job = job;
        this.signal = signal;
        this.thread =
                Thread.ofPlatform().name("job-" + job.name() + "-" + number).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String name() {
        return thread.getName();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Whether it ended, after waiting for it if need be. */
    boolean ended(Duration waitMax) {
        try {
            return thread.join(waitMax.isNegative() ? Duration.ZERO : waitMax);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            while (!signal.stopped()) {
                if (!runOnce()) {
                    signal.rest(job.interval());
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("{} ends", name());
        }
    }

    /** A failure, of whatever kind, ends a run and never the worker: what is due stays due. */
    private boolean runOnce() throws InterruptedException {
        try {
            boolean more = job.runOnce();
            if (failures > 0) {
                LOG.info("job_recovered job={} failures={}", job.name(), failures);
                failures = 0;
            }
            return more;
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            Duration pause = backOff();
            failures++;
            report(failure, pause);
            signal.backOff(pause);
            return true;
        }
    }

    private Duration backOff() {
        Duration doubled = BACKOFF_MIN.multipliedBy(1L << Math.min(failures, 10));
        return doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX;
    }

    /** The first of several failures in a row is logged with its stack trace, each later one in one line. */
    private void report(Throwable failure, Duration pause) {
        if (failures == 1) {
            LOG.warn("job_failed job={} retry_in_ms={}", job.name(), pause.toMillis(), failure);
        } else {
            LOG.warn(
                    "job_failed job={} failures={} retry_in_ms={} {}",
                    job.name(),
                    failures,
                    pause.toMillis(),
                    failure.toString());
        }
    }
}
