package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.time.LocalFormats;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code x-api-version}: a handler answers as its newest release not after the date that was asked for; without the
 * header as its newest.
 */
final class ApiVersions {

    static final String HEADER = "x-api-version";

    /** The first release of the API; nothing can be asked of the time before it. */
    static final String FIRST = "2026-11-01";

    private ApiVersions() {}

    /**
     * @param asked every value of the header
     * @param releases of the handler, oldest first; the first of them is the API's first.
     * @return empty for what is no date, before the first release, or two dates
     */
    static Optional<String> resolve(List<String> asked, List<String> releases) {
        if (asked.isEmpty()) {
            return Optional.of(releases.getLast());
        }
        if (Set.copyOf(asked).size() > 1) {
            return Optional.empty();
        }
        return LocalFormats.date(asked.getFirst().strip()).flatMap(date -> releases.reversed().stream()
                .filter(release -> !LocalDate.parse(release).isAfter(date))
                .findFirst());
    }
}
