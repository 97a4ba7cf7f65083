package dev.drawbridge.catalog;

import java.util.Set;

/** Business Central's language codes. */
public final class LanguageCodes {

    private static final Set<String> KNOWN = Set.of("ENU", "DAN", "DEU");

    private LanguageCodes() {}

    public static boolean isKnown(String code) {
        return KNOWN.contains(code);
    }
}
