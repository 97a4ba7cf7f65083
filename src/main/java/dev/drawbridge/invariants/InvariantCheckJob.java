package dev.drawbridge.invariants;

import dev.drawbridge.invariants.InvariantStore.Standing;
import dev.drawbridge.platform.time.Job;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks what is due, one at a time on each node; every node shows what all of them found. */
@Component
class InvariantCheckJob implements Job {

    /** After a start or an outage, jobs and holds are overdue until the other jobs have caught up. */
    private static final Duration CATCHING_UP = Duration.ofMinutes(2);

    private final InvariantChecking checking;
    private volatile long interruptedAt = System.nanoTime();
    private volatile Map<String, Standing> standings = Map.of();

    InvariantCheckJob(InvariantChecking checking, Invariants invariants, MeterRegistry meters) {
        this.checking = checking;
        for (String name : invariants.names()) {
            Gauge.builder("ocm.invariant.violations", () -> standing(name).violations())
                    .tag("check", name)
                    .description("Rows that contradict each other, in the last look at all of them")
                    .register(meters);
        }
        Gauge.builder("ocm.invariant.oldest.answer.seconds", this::oldestAnswerSeconds)
                .description("How long ago the check that waits longest was answered")
                .register(meters);
    }

    @Override
    public String name() {
        return "invariants";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean runOnce() {
        try {
            return check();
        } catch (RuntimeException failure) {
            interruptedAt = System.nanoTime();
            throw failure;
        }
    }

    private boolean check() {
        boolean caughtUp = System.nanoTime() - interruptedAt >= CATCHING_UP.toNanos();
        boolean more = caughtUp && checking.checkNext();
        if (!more) {
            checking.addMissing();
        }
        standings = checking.standings().stream().collect(Collectors.toMap(Standing::name, standing -> standing));
        return more;
    }

    private Standing standing(String name) {
        return standings.getOrDefault(name, new Standing(name, 0, 0));
    }

    private double oldestAnswerSeconds() {
        return standings.values().stream()
                .mapToDouble(Standing::oldestAnswerSeconds)
                .max()
                .orElse(0);
    }
}
