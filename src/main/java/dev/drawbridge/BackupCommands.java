package dev.drawbridge;

import dev.drawbridge.platform.backup.BackupPlaces;
import dev.drawbridge.platform.backup.ClusterBackup;
import dev.drawbridge.platform.backup.Restoration;
import dev.drawbridge.platform.backup.RowsBackup;
import dev.drawbridge.platform.database.DatabaseVariables;
import dev.drawbridge.platform.server.StartRefused;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The commands beside the server: they say in one line what became of them. */
final class BackupCommands {

    /** @param sentence for the person who gave the command */
    record Outcome(boolean succeeded, String sentence) {}

    private BackupCommands() {}

    static Outcome take(CommandLine.Backup backup, Map<String, String> environment) {
        return told(() -> {
            BackupPlaces places = places(backup.data(), environment);
            return backup.logical()
                    ? new RowsBackup(places).take(backup.target()).sentence()
                    : new ClusterBackup(places).take(backup.target()).sentence();
        });
    }

    static Outcome restore(CommandLine.Restore restore, Map<String, String> environment) {
        return told(() -> new Restoration(places(restore.data(), environment))
                .of(restore.backup(), restore.wal(), restore.until())
                .sentence());
    }

    private static BackupPlaces places(Path directory, Map<String, String> environment) {
        Path data = directory.toAbsolutePath().normalize();
        var variables = new DatabaseVariables(environment);
        return new BackupPlaces(
                data,
                variables.external(),
                variables.binariesBelow(data),
                !environment.getOrDefault("DRAWBRIDGE_SECRET", "").isBlank());
    }

    private static Outcome told(Supplier<String> command) {
        // What a server would report of itself is no answer to this person.
        LoggingSystem.get(BackupCommands.class.getClassLoader()).setLogLevel(Logger.ROOT_LOGGER_NAME, LogLevel.ERROR);
        try {
            return new Outcome(true, command.get());
        } catch (StartRefused refused) {
            return new Outcome(false, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failure) {
            return new Outcome(false, "It failed: " + StartFailure.oneLine(failure) + ".");
        }
    }
}
