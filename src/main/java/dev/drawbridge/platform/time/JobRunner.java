package dev.drawbridge.platform.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives every {@link Job} its threads while the server runs; none where {@code drawbridge.jobs.enabled} is false. A
 * stop lets what runs come to its end.
 */
@Component
public class JobRunner implements SmartLifecycle {

    /** Long enough for any job: its transactions end within 15 s, its calls of others too. */
    static final Duration STOP_MAX = Duration.ofSeconds(25);

    /** Starts before the web server takes requests and stops after it drained: requests still wake jobs. */
    private static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final ObjectProvider<Job> jobs;
    private final boolean enabled;
    private final Map<String, JobSignal> signals = new ConcurrentHashMap<>();
    private final List<JobWorker> workers = new CopyOnWriteArrayList<>();

    /** Asks for the jobs when it starts them, for jobs' use cases may know the runner in order to wake a job. */
    JobRunner(ObjectProvider<Job> jobs, @Value("${drawbridge.jobs.enabled:true}") boolean enabled) {
        this.jobs = jobs;
        this.enabled = enabled;
    }

    /** Has a resting worker of the job run now; while all of them run, the first to end runs once more. */
    public void wake(Job job) {
        JobSignal signal = signals.get(job.name());
        if (signal != null) {
            signal.wake();
        }
    }

    @Override
    public void start() {
        if (enabled) {
            jobs.orderedStream().forEach(this::start);
        }
    }

    private void start(Job job) {
        var signal = new JobSignal(job.workers());
        if (signals.putIfAbsent(job.name(), signal) != null) {
            throw new IllegalStateException("Two jobs are called " + job.name());
        }
        for (int number = 1; number <= job.workers(); number++) {
            var worker = new JobWorker(job, signal, number);
            workers.add(worker);
            worker.start();
        }
    }

    @Override
    public void stop() {
        signals.values().forEach(JobSignal::stop);
        signals.clear();
        long deadline = System.nanoTime() + STOP_MAX.toNanos();
        for (JobWorker worker : workers) {
            if (!worker.ended(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warn("job_interrupted job={}: it did not end within {} s", worker.name(), STOP_MAX.toSeconds());
                worker.interrupt();
            }
        }
        workers.clear();
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
