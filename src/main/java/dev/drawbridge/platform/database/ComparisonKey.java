package dev.drawbridge.platform.database;

import java.text.Normalizer;
import java.util.Locale;

/** Case-insensitive comparison as the contract defines it; the result is stored, SQL's upper() is never used. */
public final class ComparisonKey {

    private ComparisonKey() {}

    /** NFC, then upper case, then lower case, both with the root locale. */
    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
