package dev.drawbridge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The program. It ends with 1 when it cannot do what it is asked to, and with 2 when it does not understand its
 * arguments.
 */
@SpringBootApplication
public class Drawbridge {

    private static final Logger LOG = LoggerFactory.getLogger(Drawbridge.class);
    private static final int CANNOT_START = 1;
    private static final int NOT_UNDERSTOOD = 2;

    public static void main(String[] arguments) {
        switch (CommandLine.parse(List.of(arguments))) {
            case CommandLine.Run run -> run(run);
            case CommandLine.Backup backup -> end(BackupCommands.take(backup, System.getenv()));
            case CommandLine.Restore restore -> end(BackupCommands.restore(restore, System.getenv()));
            case CommandLine.Help help -> System.out.print(help.text());
            case CommandLine.Refused refused -> end(NOT_UNDERSTOOD, refused.sentence());
        }
    }

    private static void run(CommandLine.Run run) {
        long began = System.nanoTime();
        try {
            Map<String, String> properties = RunProperties.of(run, System.getenv());
            Ports.refusal(run, properties).ifPresent(sentence -> end(CANNOT_START, sentence));
            new SpringApplication(Drawbridge.class).run(asArguments(properties));
            LOG.info(
                    "ready address={} data={} after_ms={}",
                    properties.get("drawbridge.server.public-base-url"),
                    run.data().toAbsolutePath().normalize(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (RuntimeException | LinkageError failure) {
            end(CANNOT_START, StartFailure.sentence(failure, run));
        }
    }

    /** They come before files and variables. */
    private static String[] asArguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    private static void end(BackupCommands.Outcome outcome) {
        if (outcome.succeeded()) {
            System.out.println("drawbridge: " + outcome.sentence());
        } else {
            end(CANNOT_START, outcome.sentence());
        }
    }

    private static void end(int status, String sentence) {
        System.err.println("drawbridge: " + sentence);
        System.exit(status);
    }
}
