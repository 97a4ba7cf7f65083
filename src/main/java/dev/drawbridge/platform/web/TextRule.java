package dev.drawbridge.platform.web;

import java.util.Optional;

/**
 * What a text may be. Lone surrogates and U+0000 are refused everywhere: no UTF-8, no PostgreSQL text.
 *
 * @param codePointsMax at most so many Unicode code points; a longer text is refused, never cut
 * @param kind references are compared and printed, so they are stricter than names
 */
public record TextRule(int codePointsMax, Kind kind) {

    public enum Kind {
        /** No control characters, no bidirectional controls, no leading or trailing blanks. */
        REFERENCE,
        /** No control characters. */
        NAME
    }

    record Breach(ViolationCode code, String message) {}

    public static TextRule reference(int codePointsMax) {
        return new TextRule(codePointsMax, Kind.REFERENCE);
    }

    public static TextRule name(int codePointsMax) {
        return new TextRule(codePointsMax, Kind.NAME);
    }

    Optional<Breach> breach(String text) {
        if (text.codePointCount(0, text.length()) > codePointsMax) {
            return breach(ViolationCode.TOO_LONG, "At most " + codePointsMax + " characters are allowed; shorten it.");
        }
        if (text.codePoints().anyMatch(this::refused)) {
            return breach(
                    ViolationCode.INVALID_CHARACTER,
                    "Control characters and text-direction controls are not allowed here; remove them.");
        }
        if (kind == Kind.REFERENCE && !isBlank(text) && hasBlankEdge(text)) {
            return breach(ViolationCode.INVALID_FORMAT, "Leading or trailing blanks are not allowed; remove them.");
        }
        return Optional.empty();
    }

    /** Whether there is nothing to see: spaces of any kind, the no-break ones too, and characters without a shape. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRule::isInvisible);
    }

    private static boolean hasBlankEdge(String text) {
        return isInvisible(text.codePointAt(0)) || isInvisible(text.codePointBefore(text.length()));
    }

    private static boolean isInvisible(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    private static Optional<Breach> breach(ViolationCode code, String message) {
        return Optional.of(new Breach(code, message));
    }

    private boolean refused(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || (kind == Kind.REFERENCE && isBidirectionalControl(codePoint));
    }

    /** Embeddings, overrides (U+202A to U+202E), isolates (U+2066 to U+2069): they make two references look alike. */
    private static boolean isBidirectionalControl(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
