package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code x-api-version}: a handler answers as its newest release not after the date that was asked for; without the
 * header as its newest.
 */
final class ApiVersions {

    static final String HEADER = "x-api-version";

    /** The first release of the API; nothing can be asked of the time before it. */
    static final String FIRST = "2026-11-01";

    private ApiVersions() {}

    /** @param releases of the handler, oldest first; the first of them is the API's first. */
    static String resolve(@Nullable String asked, List<String> releases) {
        if (asked == null) {
            return releases.getLast();
        }
        LocalDate date =
                LocalFormats.date(asked.strip()).orElseThrow(() -> new Problem(WebProblem.INVALID_API_VERSION));
        return releases.reversed().stream()
                .filter(release -> !LocalDate.parse(release).isAfter(date))
                .findFirst()
                .orElseThrow(() -> new Problem(WebProblem.INVALID_API_VERSION));
    }
}
