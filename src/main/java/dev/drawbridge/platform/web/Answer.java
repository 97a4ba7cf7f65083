package dev.drawbridge.platform.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a handler answers. The body is turned into JSON once, so that a repeated request can be given the very same
 * bytes.
 *
 * @param body what becomes the JSON body (bytes are JSON already); null for none (204)
 * @param kept the body to keep for repeated requests in place of {@code body}, where that shows a secret; else null
 */
public record Answer(
        HttpStatus status,
        Map<String, String> headers,
        @Nullable Object body,
        @Nullable Object kept) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    public Answer(HttpStatus status, Map<String, String> headers, @Nullable Object body) {
        this(status, headers, body, null);
    }

    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, Map.of(), body);
    }

    public static Answer created(Object body, String location) {
        return new Answer(HttpStatus.CREATED, Map.of("Location", location), body);
    }

    public static Answer noContent() {
        return new Answer(HttpStatus.NO_CONTENT, Map.of(), null);
    }

    /** The same answer, of which only {@code redacted} is kept and shown again: the body shows a secret once. */
    public Answer keeping(Object redacted) {
        return new Answer(status, headers, body, redacted);
    }
}
