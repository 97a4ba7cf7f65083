package dev.drawbridge.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Which continuations of a database an archive holds: every restore begins one. */
final class Timelines {

    private static final Pattern HISTORY = Pattern.compile("([0-9A-F]{8})\\.history(\\.gz)?");

    /** PostgreSQL, timeline.c: a line for each timeline before, with the position in the log where it was left. */
    private static final Pattern LEFT = Pattern.compile("([0-9]+)\\s+([0-9A-F]+)/([0-9A-F]+)\\s.*");

    private Timelines() {}

    /**
     * The newest one that a backup can go on with: its own, or one that left it, perhaps by others, after the backup
     * was finished. PostgreSQL would take the newest there is and stop if that left before.
     *
     * @param timeline of the backup
     * @param stopLsn where the backup was finished, in the write-ahead log
     */
    static long newestAfter(Path archive, long timeline, String stopLsn) throws IOException {
        long newest = timeline;
        List<Path> files;
        try (Stream<Path> all = Files.list(archive)) {
            files = all.toList();
        }
        for (Path file : files) {
            Matcher name = HISTORY.matcher(file.getFileName().toString());
            if (name.matches() && leavesAfter(text(file), timeline, stopLsn)) {
                newest = Math.max(newest, HexFormat.fromHexDigitsToLong(name.group(1)));
            }
        }
        return newest;
    }

    private static boolean leavesAfter(String history, long timeline, String stopLsn) {
        return history.lines()
                .map(LEFT::matcher)
                .filter(Matcher::matches)
                .filter(left -> Long.parseLong(left.group(1)) == timeline)
                .anyMatch(left -> position(left.group(2), left.group(3)) >= position(stopLsn));
    }

    private static long position(String lsn) {
        String[] parts = lsn.split("/", 2);
        return position(parts[0], parts[1]);
    }

    private static long position(String high, String low) {
        return (HexFormat.fromHexDigitsToLong(high) << Integer.SIZE) | HexFormat.fromHexDigitsToLong(low);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new String(content.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
