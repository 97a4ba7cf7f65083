package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.backup.LastBackupStore.Kind;
import dev.drawbridge.platform.time.Job;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Measures how old the last backups are and how the archive gets on. */
@Component
class BackupWatchJob implements Job {

    private final BackupWatch watch;
    private volatile BackupWatch.State state = BackupWatch.State.UNKNOWN;

    BackupWatchJob(BackupWatch watch, MeterRegistry meters) {
        this.watch = watch;
        age(meters, Kind.FILES, () -> state.filesAgeSeconds());
        age(meters, Kind.ROWS, () -> state.rowsAgeSeconds());
        Gauge.builder("ocm.wal.archive.failing.seconds", () -> state.archive().failingSeconds())
                .description("How long the write-ahead log could not be archived; 0 while it can")
                .register(meters);
        Gauge.builder("ocm.wal.archive.waiting.files", () -> state.archive().waitingFiles())
                .description("Finished files of the write-ahead log that are not in the archive")
                .register(meters);
    }

    private static void age(MeterRegistry meters, Kind kind, Supplier<Number> seconds) {
        Gauge.builder("ocm.backup.age.seconds", seconds)
                .tag("kind", kind.word())
                .description("How old the last backup is, of the database's files or of its rows")
                .register(meters);
    }

    @Override
    public String name() {
        return "backup-watch";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean runOnce() {
        state = watch.state();
        return false;
    }
}
