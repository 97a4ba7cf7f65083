package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import jakarta.servlet.ServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/**
 * The path of a request in segments, each decoded once. A segment that could mean another path to somebody behind us
 * (encoded slashes, dot segments, path parameters, control characters) or nothing at all is {@link #NOTHING}: it leads
 * nowhere, and who has no key is told first that a key is missing, as everywhere.
 */
record RequestPath(List<String> segments) {

    static final String ATTRIBUTE = RequestPath.class.getName();

    /** A segment that names nothing: no name has a control character. */
    static final String NOTHING = "\u0001";

    RequestPath {
        segments = List.copyOf(segments);
    }

    static RequestPath of(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw new Problem(WebProblem.RESOURCE_NOT_FOUND);
        }
        if (rawPath.equals("/")) {
            return new RequestPath(List.of());
        }
        int end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
        return new RequestPath(Arrays.stream(rawPath.substring(1, end).split("/", -1))
                .map(RequestPath::segment)
                .toList());
    }

    static RequestPath of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestPath path) {
            return path;
        }
        throw new IllegalStateException("The request did not come through the RequestFilter");
    }

    /** The same path in the one form that routes are matched with: encoded once, no trailing slash. */
    String canonical() {
        return segments.stream()
                .map(segment -> UriUtils.encode(segment, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/", "/", ""));
    }

    /** Whether this is the path of the first segment alone, such as {@code /livez}. */
    boolean is(String single) {
        return segments.size() == 1 && segments.getFirst().equalsIgnoreCase(single);
    }

    /** A segment that was encoded twice, decoded the second time; never a third. */
    static Optional<String> decodedAgain(String segment) {
        return segment.contains("%")
                ? PercentDecoding.decode(segment)
                        .filter(decoded -> decoded.chars().noneMatch(Character::isISOControl))
                : Optional.empty();
    }

    private static String segment(String encoded) {
        String decoded = PercentDecoding.decode(encoded).orElse("");
        boolean ambiguous = decoded.isEmpty()
                || encoded.contains(";")
                || decoded.equals(".")
                || decoded.equals("..")
                || decoded.contains("/")
                || decoded.contains("\\")
                || decoded.chars().anyMatch(Character::isISOControl);
        return ambiguous ? NOTHING : decoded;
    }
}
