package dev.drawbridge.platform.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Prefer} (RFC 7240), of which one preference is known: {@code handling=strict}. */
final class Preferences {

    /** Every repetition is possessive: what does not match is given up in one pass, however long it is. */
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

    private static final String BLANKS = "\\s*+";
    private static final String WORD = "(?:" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")";
    private static final String EQUALS = BLANKS + "=" + BLANKS;

    /** One preference with its parameters; group 1 its name, group 2 its value. */
    private static final Pattern PREFERENCE =
            Pattern.compile(BLANKS + "(" + TOKEN + ")(?:" + EQUALS + "(" + WORD + ")?)?" + "(?:" + BLANKS + ";(?:"
                    + BLANKS + TOKEN + "(?:" + EQUALS + WORD + "?)?)?)*+" + BLANKS + "(?:,|$)");

    private Preferences() {}

    /** Of a preference that is given twice the first counts; what is malformed is ignored, as the RFC says. */
    static boolean isStrict(HttpServletRequest request) {
        for (String header : Collections.list(request.getHeaders("Prefer"))) {
            Matcher preference = PREFERENCE.matcher(header);
            while (preference.lookingAt()) {
                if (preference.group(1).equalsIgnoreCase("handling")) {
                    return "strict".equalsIgnoreCase(unquoted(preference.group(2)));
                }
                if (preference.end() == header.length()) {
                    break;
                }
                preference.region(preference.end(), header.length());
            }
        }
        return false;
    }

    private static String unquoted(@Nullable String word) {
        return word == null ? "" : word.replace("\"", "");
    }
}
