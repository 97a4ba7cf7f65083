package dev.drawbridge.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

class JobRunnerTest {

    private final Semaphore ran = new Semaphore(0);
    private JobRunner runner = runnerOf(true, List.of());

    @AfterEach
    void stop() {
        runner.stop();
    }

    @Test
    void a_job_runs_again_after_its_interval() throws InterruptedException {
        start(Duration.ofMillis(5), 1, this::foundNothing);

        assertThat(ran.tryAcquire(3, 5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_job_that_may_have_more_runs_again_at_once() throws InterruptedException {
        start(Duration.ofDays(1), 1, () -> {
            ran.release();
            return true;
        });

        assertThat(ran.tryAcquire(100, 5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_resting_job_is_woken() throws InterruptedException {
        Job job = start(Duration.ofDays(1), 1, this::foundNothing);
        assertThat(ran.tryAcquire(5, TimeUnit.SECONDS)).isTrue();

        runner.wake(job);

        assertThat(ran.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.tryAcquire(50, TimeUnit.MILLISECONDS)).as("once").isFalse();
    }

    @Test
    void a_job_that_is_woken_while_it_runs_runs_once_more() throws InterruptedException {
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Job job = start(Duration.ofDays(1), 1, () -> {
            running.countDown();
            await(goOn);
            return foundNothing();
        });
        running.await();

        runner.wake(job);
        runner.wake(job);
        goOn.countDown();

        assertThat(ran.tryAcquire(2, 5, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void as_many_workers_run_at_once_as_the_job_asks_for() throws InterruptedException {
        var together = new CountDownLatch(3);
        start(Duration.ofDays(1), 3, () -> {
            together.countDown();
            await(together);
            return foundNothing();
        });

        assertThat(ran.tryAcquire(3, 5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_job_that_fails_runs_again() throws InterruptedException {
        var runs = new AtomicInteger();
        start(Duration.ofDays(1), 1, () -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("Failure number " + runs.get() + ", on purpose");
            }
            return foundNothing();
        });

        assertThat(ran.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(3);
    }

    @Test
    void a_stop_waits_for_what_runs_and_begins_nothing() throws InterruptedException {
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        start(Duration.ZERO, 1, () -> {
            running.countDown();
            await(goOn);
            ran.release();
            return true;
        });
        running.await();
        Thread stopping = Thread.ofPlatform().start(runner::stop);
        assertThat(stopping.join(Duration.ofMillis(50)))
                .as("stopped while a job ran")
                .isFalse();

        goOn.countDown();

        assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
        assertThat(ran.availablePermits()).isEqualTo(1);
        assertThat(runner.isRunning()).isFalse();
    }

    @Test
    void where_jobs_are_off_tests_step_them() {
        runner = runnerOf(false, List.of(job(Duration.ZERO, 1, this::foundNothing)));

        runner.start();

        assertThat(runner.isRunning()).isFalse();
    }

    private boolean foundNothing() {
        ran.release();
        return false;
    }

    private Job start(Duration interval, int workers, BooleanSupplier work) {
        Job job = job(interval, workers, work);
        runner = runnerOf(true, List.of(job));
        runner.start();
        return job;
    }

    private static JobRunner runnerOf(boolean enabled, List<Job> jobs) {
        return new JobRunner(
                new ObjectProvider<>() {
                    @Override
                    public Stream<Job> orderedStream() {
                        return jobs.stream();
                    }
                },
                enabled);
    }

    private static Job job(Duration interval, int workers, BooleanSupplier work) {
        return new Job() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Duration interval() {
                return interval;
            }

            @Override
            public int workers() {
                return workers;
            }

            @Override
            public boolean runOnce() {
                return work.getAsBoolean();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
