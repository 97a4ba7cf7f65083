package dev.drawbridge.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The places in the product where a node may be ended, stopped or failed; arms them. */
final class FaultPoints {

    private static final Pattern HIT = Pattern.compile("FaultPoint\\.hit\\(\"([^\"]+)\"\\)");
    private static final Duration POLL = Duration.ofMillis(10);

    private final List<String> names;

    private FaultPoints(List<String> names) {
        this.names = names;
    }

    static FaultPoints of(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return new FaultPoints(files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(FaultPoints::in)
                    .sorted()
                    .toList());
        }
    }

    private static Stream<String> in(Path file) {
        try {
            Matcher matcher = HIT.matcher(Files.readString(file));
            return matcher.results().map(found -> found.group(1)).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<String> names() {
        return names;
    }

    /**
     * Arms a place of a node and waits until it is hit.
     *
     * @param action {@code halt}, {@code stop} or {@code throw}
     * @return whether it was; if not, it is armed no more
     */
    static boolean hit(Node node, String name, String action, Duration max) throws IOException, InterruptedException {
        Path file = node.armed().resolve(name);
        Path taken = node.armed().resolve(name + ".hit");
        Files.deleteIfExists(taken);
        Path young = node.armed().resolve(name + ".new");
        Files.writeString(young, action);
        Files.move(young, file);
        long began = System.nanoTime();
        while (System.nanoTime() - began < max.toNanos()) {
            if (Files.exists(taken)) {
                return true;
            }
            Thread.sleep(POLL);
        }
        return !Files.deleteIfExists(file);
    }
}
