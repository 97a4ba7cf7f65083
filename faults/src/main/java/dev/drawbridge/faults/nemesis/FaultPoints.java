package dev.drawbridge.faults.nemesis;

import dev.drawbridge.faults.cluster.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The places in the product where a node may be ended, stopped or failed; arms them. */
public final class FaultPoints {

    private static final Pattern HIT = Pattern.compile("FaultPoint\\.hit\\(\"([^\"]+)\"\\)");
    private static final Duration POLL = Duration.ofMillis(10);

    /** Between the claim of an order and its fence: whoever stops here finds its lease lost. */
    private static final List<String> HOLDING_A_LEASE = List.of("after-claim", "before-fence");

    /** Places on the way of a start; {@link Deployment} has nodes halt there. */
    private static final String OF_A_START = "migration-";

    private final List<String> names;
    private final Set<String> armed = ConcurrentHashMap.newKeySet();

    private FaultPoints(List<String> names) {
        this.names = names;
    }

    public static FaultPoints of(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return new FaultPoints(files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(FaultPoints::in)
                    .filter(name -> !name.startsWith(OF_A_START))
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

    public List<String> names() {
        return names;
    }

    /**
     * All places by turns: of those that had the fewest, one between a claim and its fence, else the first in an order
     * that the seed gives.
     *
     * @param hits of earlier parts, which were turns as well
     */
    public Turns turns(long seed, ToLongFunction<String> hits) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(Comparator.comparing(name -> !HOLDING_A_LEASE.contains(name)));
        Map<String, Long> had = new LinkedHashMap<>();
        shuffled.forEach(name -> had.put(name, hits.applyAsLong(name)));
        return new Turns(had);
    }

    /** Each place has its turn as often as every other; one that nobody comes to has the first in the next part. */
    public static final class Turns {

        private final Map<String, Long> had;

        private Turns(Map<String, Long> had) {
            this.had = had;
        }

        synchronized String next() {
            String next = Collections.min(had.keySet(), Comparator.comparing(had::get));
            had.merge(next, 1L, Long::sum);
            return next;
        }
    }

    /**
     * Arms a place of these nodes and waits until one of them comes there.
     *
     * @param action {@code halt}, {@code stop} or {@code throw}
     * @return who came there: none within the time, one as a rule, more where they came at the same moment
     */
    List<Node> hit(List<Node> nodes, String name, String action, Duration max)
            throws IOException, InterruptedException {
        if (!armed.add(name)) {
            return List.of();
        }
        try {
            for (Node node : nodes) {
                arm(node, name, action);
            }
            long began = System.nanoTime();
            while (nodes.stream().noneMatch(node -> Files.exists(taken(node, name)))
                    && System.nanoTime() - began < max.toNanos()) {
                Thread.sleep(POLL);
            }
            for (Node node : nodes) {
                Files.deleteIfExists(node.armed().resolve(name));
            }
            return nodes.stream()
                    .filter(node -> Files.exists(taken(node, name)))
                    .toList();
        } finally {
            armed.remove(name);
        }
    }

    static void arm(Node node, String name, String action) throws IOException {
        Files.deleteIfExists(taken(node, name));
        Path young = node.armed().resolve(name + ".new");
        Files.writeString(young, action);
        Files.move(young, node.armed().resolve(name));
    }

    static Path taken(Node node, String name) {
        return node.armed().resolve(name + ".hit");
    }
}
