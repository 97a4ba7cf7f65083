package dev.drawbridge.faults.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was injected and what was found, as Markdown; and as lines that the parts of a full run are added up from. */
public final class Report {

    /** Stops are a quarter of the kills: they cost a lease each. */
    private static final Map<String, Integer> HITS_MIN = Map.of("halt", 5, "throw", 5, "stop", 1);

    public static final String TAKE_OVERS = "take-overs of leases that had ended";
    public static final String LATE_TAKE_OVERS = TAKE_OVERS + ", more than 5 s after that";

    private final Map<String, Long> tally = new TreeMap<>();
    private final Map<String, Long> found = new TreeMap<>();
    private final StringBuilder examples = new StringBuilder();

    public Report add(Violations violations, Tally counted) {
        counted.all().forEach(this::count);
        violations.counts().forEach((check, count) -> {
            found.merge(check, count, Long::sum);
            violations.examples(check).forEach(text -> example(check, text));
        });
        return this;
    }

    /** Every place must have been hit, each way, or the form did not try what it claims. */
    public Report requireHits(List<String> places) {
        String check = "D3 places: each halted and failed five times at least, and stopped once";
        found.merge(check, 0L, Long::sum);
        for (String place : places) {
            HITS_MIN.forEach((action, min) -> {
                long hits = hits(place, action);
                if (hits < min) {
                    found.merge(check, 1L, Long::sum);
                    example(check, place + " " + action + ": " + hits);
                }
            });
        }
        return this;
    }

    /** Whoever stands still is replaced soon after its lease has ended: 99 of 100 times, and all but once in a few. */
    public Report requireTakeOvers() {
        String check = "D4 take-overs: 99 of 100 within 5 s of the end of a lease";
        long all = tally.getOrDefault(TAKE_OVERS, 0L);
        long late = tally.getOrDefault(LATE_TAKE_OVERS, 0L);
        boolean kept = all > 0 && late <= Math.max(1, all / 100);
        found.merge(check, kept ? 0L : Math.max(1, late), Long::sum);
        return this;
    }

    /** How often nodes were halted, failed or stopped at the place. */
    public long hits(String place, String action) {
        return tally.getOrDefault("point " + place + " " + action, 0L);
    }

    private void count(String what, long number) {
        tally.merge(what, number, what.startsWith(Tally.LONGEST) ? Long::max : Long::sum);
    }

    private void example(String check, String text) {
        examples.append("- ")
                .append(check)
                .append(": `")
                .append(shortened(text))
                .append("`\n");
    }

    /** Adds a part that was run before, from the file that {@link #store} wrote. */
    public Report add(Path part) throws IOException {
        for (String line : Files.readAllLines(part)) {
            String[] fields = line.split("\t", 3);
            if (fields[0].equals("tally")) {
                count(fields[1], Long.parseLong(fields[2]));
            } else {
                found.merge(fields[1], Long.valueOf(fields[2]), Long::sum);
            }
        }
        return this;
    }

    public void store(Path part) throws IOException {
        var lines = new StringBuilder();
        tally.forEach((what, count) ->
                lines.append("tally\t").append(what).append('\t').append(count).append('\n'));
        found.forEach((what, count) ->
                lines.append("found\t").append(what).append('\t').append(count).append('\n'));
        Path young = part.resolveSibling(part.getFileName() + ".new");
        Files.writeString(young, lines);
        Files.move(young, part, StandardCopyOption.ATOMIC_MOVE);
    }

    public boolean clean() {
        return found.values().stream().allMatch(count -> count == 0);
    }

    public String markdown(String title) {
        var page = new StringBuilder("# ").append(title).append("\n\n");
        page.append("Result: ").append(clean() ? "no violation" : "VIOLATIONS").append(".\n\n");
        table(page, "What was injected and measured", tally);
        table(page, "What was found (rows; each must be 0)", found);
        if (!examples.isEmpty()) {
            page.append("## Examples\n\n").append(examples);
        }
        return page.toString();
    }

    private static void table(StringBuilder page, String title, Map<String, Long> rows) {
        page.append("## ").append(title).append("\n\n| | |\n|---|---:|\n");
        rows.forEach((what, count) ->
                page.append("| ").append(what).append(" | ").append(count).append(" |\n"));
        page.append('\n');
    }

    private static String shortened(String example) {
        String line = example.replace('\n', ' ').replace('`', '\'');
        return line.length() > 300 ? line.substring(0, 300) + " ..." : line;
    }
}
