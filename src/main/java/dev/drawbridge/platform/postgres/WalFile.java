package dev.drawbridge.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the write-ahead log, 16 MB of it.
 *
 * @param timeline grows with every restore
 * @param number grows with what is written, over all timelines
 */
record WalFile(long timeline, long number) implements Comparable<WalFile> {

    /** PostgreSQL, xlog_internal.h: timeline, and the number in two parts, the lower of 256 files. */
    private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(\\.gz)?");

    private static final int FILES_PER_PART = 256;

    private static final Comparator<WalFile> ORDER =
            Comparator.comparingLong(WalFile::timeline).thenComparingLong(WalFile::number);

    static WalFile of(String name) {
        return NAME.matcher(name)
                .results()
                .findFirst()
                .map(WalFile::of)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no file of the write-ahead log"));
    }

    private static WalFile of(MatchResult name) {
        return new WalFile(
                HexFormat.fromHexDigitsToLong(name.group(1)),
                HexFormat.fromHexDigitsToLong(name.group(2)) * FILES_PER_PART
                        + HexFormat.fromHexDigitsToLong(name.group(3)));
    }

    /** Those in a directory, packed ones included; what else is there is passed over. */
    static Set<WalFile> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(WalFile::of)
                    .collect(Collectors.toSet());
        }
    }

    WalFile next() {
        return new WalFile(timeline, number + 1);
    }

    @Override
    public int compareTo(WalFile other) {
        return ORDER.compare(this, other);
    }

    /** Its name. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / FILES_PER_PART, number % FILES_PER_PART);
    }
}
