package dev.drawbridge;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the arguments of {@code backup} and {@code restore} ask for. */
final class BackupArguments {

    static final String HELP = """
            Usage: drawbridge backup TARGET [options]
                   drawbridge restore BACKUP [options]

            backup writes the embedded database, of a running or a stopped server, with its keys to the new
            directory TARGET.

              --data DIR       the data directory of the server (./data)
              --logical        every row instead of the database's files: for another major version of PostgreSQL,
                               and for a database that DRAWBRIDGE_DATABASE_URL names

            restore makes a new data directory of a backup of either kind.

              --data DIR       an empty directory, or one to be made (./data)
              --wal DIR        go on with the write-ahead log that the server kept here (DRAWBRIDGE_WAL_ARCHIVE)
              --until TIME     and stop at this time, such as 2026-11-21T10:30:00Z
              --help           this text

            Environment: as for run.
            """;

    /** The word behind the command, its options with values, and whether --logical is there. */
    private record Words(List<String> plain, Map<String, String> values, boolean logical) {}

    private BackupArguments() {}

    /** @param arguments the first is the command */
    static CommandLine parse(List<String> arguments) {
        boolean backup = arguments.getFirst().equals("backup");
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new CommandLine.Help(HELP);
        }
        var words = new Words(new ArrayList<>(), new HashMap<>(), arguments.contains("--logical"));
        Deque<String> rest = new ArrayDeque<>(arguments.subList(1, arguments.size()));
        while (!rest.isEmpty()) {
            Optional<String> refusal = read(words, backup, rest);
            if (refusal.isPresent()) {
                return new CommandLine.Refused(refusal.get());
            }
        }
        if (words.plain.size() != 1) {
            return new CommandLine.Refused(
                    backup
                            ? "Name the one directory that the backup is to be written to."
                            : "Name the one backup that is to be restored.");
        }
        try {
            return backup ? backup(words) : restore(words);
        } catch (InvalidPathException noPath) {
            return new CommandLine.Refused("'" + noPath.getInput() + "' is no path of a file.");
        }
    }

    /** Takes the next word, perhaps with its value; the sentence that refuses it. */
    private static Optional<String> read(Words words, boolean backup, Deque<String> rest) {
        String word = rest.remove();
        return switch (word) {
            case "--data" -> value(words, word, rest);
            case "--wal", "--until" -> backup ? unknown(word) : value(words, word, rest);
            case "--logical" ->
                backup ? Optional.empty() : Optional.of("A restore sees by itself whether a backup is logical.");
            default -> plain(words, word);
        };
    }

    private static Optional<String> plain(Words words, String word) {
        if (word.startsWith("-") || word.isBlank()) {
            return unknown(word);
        }
        words.plain.add(word);
        return Optional.empty();
    }

    private static Optional<String> unknown(String option) {
        return Optional.of("There is no option '" + option + "'; --help lists those that there are.");
    }

    private static Optional<String> value(Words words, String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null || value.isBlank()) {
            return Optional.of("The option " + option + " needs a value.");
        }
        words.values.put(option, value);
        return Optional.empty();
    }

    private static CommandLine backup(Words words) {
        return new CommandLine.Backup(Path.of(words.plain.getFirst()), data(words), words.logical);
    }

    private static CommandLine restore(Words words) {
        Optional<Path> wal = Optional.ofNullable(words.values.get("--wal")).map(Path::of);
        String time = words.values.get("--until");
        if (time == null) {
            return new CommandLine.Restore(Path.of(words.plain.getFirst()), data(words), wal, Optional.empty());
        }
        if (wal.isEmpty()) {
            return new CommandLine.Refused("The option --until needs --wal, the log since the backup.");
        }
        return instant(time)
                .<CommandLine>map(until ->
                        new CommandLine.Restore(Path.of(words.plain.getFirst()), data(words), wal, Optional.of(until)))
                .orElseGet(() -> new CommandLine.Refused(
                        "'" + time + "' is no time with an offset, such as 2026-11-21T10:30:00Z."));
    }

    private static Path data(Words words) {
        return Path.of(words.values.getOrDefault("--data", "data"));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
