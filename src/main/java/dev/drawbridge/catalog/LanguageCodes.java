package dev.drawbridge.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The languages of Business Central: the three-letter codes that Windows gives its locales, each with its BCP 47 tag.
 * The table is {@code languages.csv}; two neutral languages in it have a code of their own (MON, QUC), the others are
 * found by the code of their region.
 */
public final class LanguageCodes {

    private static final Map<String, String> TAGS = read();

    private LanguageCodes() {}

    /** Whether this is such a code, in upper case: {@code ENU}, {@code DAN}. */
    public static boolean isKnown(String code) {
        return TAGS.containsKey(code);
    }

    /** The language as the rest of the world names it: {@code en-US} for {@code ENU}; empty for an unknown code. */
    public static Optional<String> tagOf(String code) {
        return Optional.ofNullable(TAGS.get(code));
    }

    static Map<String, String> all() {
        return TAGS;
    }

    private static Map<String, String> read() {
        try (InputStream table =
                Objects.requireNonNull(LanguageCodes.class.getResourceAsStream("/languages.csv"), "languages.csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", 2))
                    .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> cells[1]));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
