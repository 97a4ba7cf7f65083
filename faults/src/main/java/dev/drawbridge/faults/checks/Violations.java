package dev.drawbridge.faults.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must not be and was: how often, for each check, and the first few in words. */
public final class Violations {

    private static final int EXAMPLES_MAX = 5;

    private final Map<String, List<String>> examples = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /** @param check its id and name, as in the report: {@code C19 answers} */
    public synchronized void add(String check, String example) {
        counts.merge(check, 1L, Long::sum);
        List<String> kept = examples.computeIfAbsent(check, any -> new ArrayList<>());
        if (kept.size() < EXAMPLES_MAX) {
            kept.add(example);
        }
    }

    /** The check was made; with a count of 0 it is in the report all the same. */
    public synchronized void made(String check) {
        counts.putIfAbsent(check, 0L);
    }

    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    synchronized List<String> examples(String check) {
        return List.copyOf(examples.getOrDefault(check, List.of()));
    }
}
