package dev.drawbridge.faults.checks;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was injected and measured, by its name in the report. */
public final class Tally {

    static final String LONGEST = "longest ";

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    public void count(String what) {
        add(what, 1);
    }

    public void add(String what, long number) {
        counts.computeIfAbsent(what, any -> new AtomicLong()).addAndGet(number);
    }

    /** Of parts of a run the longest counts; all else is added up. */
    public void longest(String what, long number) {
        counts.computeIfAbsent(LONGEST + what, any -> new AtomicLong()).accumulateAndGet(number, Math::max);
    }

    long of(String what) {
        AtomicLong count = counts.get(what);
        return count == null ? 0 : count.get();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.get()));
        return all;
    }
}
