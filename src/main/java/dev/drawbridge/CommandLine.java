package dev.drawbridge;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the arguments of the program ask for. */
sealed interface CommandLine {

    String HELP = """
            Usage: drawbridge run [options]

              --port N         where the API listens (8080)
              --data DIR       where everything is kept that must survive a restart (./data)
              --demo           load the demo company and write demo-credentials.json to the data directory
              --no-demo        the opposite, which is the default
              --setup FILE     load this setup document at the start
              --help           this text

            Environment: DRAWBRIDGE_BIND, DRAWBRIDGE_MANAGEMENT_PORT, DRAWBRIDGE_PUBLIC_BASE_URL, DRAWBRIDGE_SECRET,
            DRAWBRIDGE_PLATFORM_KEY, DRAWBRIDGE_DATABASE_URL, _USER, _PASSWORD, _OWNER_USER, _OWNER_PASSWORD,
            DRAWBRIDGE_WAL_ARCHIVE.
            """;

    int PORT_MAX = 65_535;

    record Run(int port, Path data, boolean demo, @Nullable Path setup) implements CommandLine {}

    /**
     * @param target a directory to be made
     * @param logical of the rows and not of the files
     */
    record Backup(Path target, Path data, boolean logical) implements CommandLine {}

    /** @param until only with {@code wal} */
    record Restore(Path backup, Path data, Optional<Path> wal, Optional<Instant> until) implements CommandLine {}

    record Help(String text) implements CommandLine {}

    /** One sentence for the person who typed it. */
    record Refused(String sentence) implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String command = rest.isEmpty() ? "run" : rest.getFirst();
        if (command.equals("backup") || command.equals("restore")) {
            return BackupArguments.parse(arguments);
        }
        if (command.equals("run")) {
            rest.poll();
        }
        return run(rest);
    }

    private static CommandLine run(Deque<String> rest) {
        Run run = new Run(8080, Path.of("data"), false, null);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (option.equals("--help") || option.equals("-h")) {
                return new Help(HELP);
            }
            switch (with(run, option, rest)) {
                case Run changed -> run = changed;
                case CommandLine other -> {
                    return other;
                }
            }
        }
        return run;
    }

    private static CommandLine with(Run run, String option, Deque<String> rest) {
        return switch (option) {
            case "--demo" -> new Run(run.port, run.data, true, run.setup);
            case "--no-demo" -> new Run(run.port, run.data, false, run.setup);
            case "--port", "--data", "--setup" -> withValue(run, option, rest.poll());
            default -> new Refused("There is no option '" + option + "'; --help lists those that there are.");
        };
    }

    private static CommandLine withValue(Run run, String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return new Refused("The option " + option + " needs a value.");
        }
        if (option.equals("--port")) {
            return port(value)
                    .<CommandLine>map(port -> new Run(port, run.data, run.demo, run.setup))
                    .orElseGet(() -> new Refused("'" + value + "' is no port; choose one from 1 to " + PORT_MAX + "."));
        }
        try {
            Path path = Path.of(value);
            return option.equals("--data")
                    ? new Run(run.port, path, run.demo, run.setup)
                    : new Run(run.port, run.data, run.demo, path);
        } catch (InvalidPathException noPath) {
            return new Refused("'" + value + "' is no path of a file.");
        }
    }

    static Optional<Integer> port(String value) {
        if (!value.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(value)).filter(port -> port >= 1 && port <= PORT_MAX);
    }
}
