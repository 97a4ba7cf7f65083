package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads a request's body within its bounds: type and encoding are judged before a byte is read, the size as well. */
final class BodyReader {

    /** 2 MiB. */
    static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

    private static final Duration READING_MAX = Duration.ofSeconds(15);
    private static final int CHUNK_BYTES = 16 * 1024;

    private BodyReader() {}

    /** @return the media type without its parameters, lower case; empty text where no body was sent. */
    static String mediaType(HttpServletRequest request, Set<String> accepted) {
        if (request.getHeader("Content-Encoding") != null) {
            throw new Problem(WebProblem.UNSUPPORTED_MEDIA_TYPE);
        }
        String contentType = request.getContentType();
        if (contentType == null && !hasBody(request)) {
            return "";
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
            if (accepted.contains(name) && isUtf8Only(type) && isOneHeader(request)) {
                return name;
            }
        } catch (InvalidMediaTypeException malformed) {
            throw new Problem(WebProblem.UNSUPPORTED_MEDIA_TYPE);
        }
        throw new Problem(WebProblem.UNSUPPORTED_MEDIA_TYPE);
    }

    /** For handlers that need no body: one that is sent all the same must be such as others accept. */
    static void check(HttpServletRequest request, Set<String> accepted) {
        if (hasBody(request)) {
            mediaType(request, accepted);
            checkSize(request);
        }
    }

    static byte[] read(HttpServletRequest request) {
        checkSize(request);
        try (InputStream input = request.getInputStream()) {
            return read(input);
        } catch (SocketTimeoutException silent) {
            throw new Problem(WebProblem.REQUEST_TIMEOUT, Map.of("Connection", "close"));
        } catch (IOException broken) {
            throw new Problem(WebProblem.BAD_REQUEST, Map.of("Connection", "close"));
        }
    }

    private static void checkSize(HttpServletRequest request) {
        if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            throw tooLarge();
        }
    }

    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static byte[] read(InputStream input) throws IOException {
        long deadline = System.nanoTime() + READING_MAX.toNanos();
        var body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > BODY_BYTES_MAX) {
                throw tooLarge();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("The body took longer than " + READING_MAX);
            }
        }
        return body.toByteArray();
    }

    /** The rest of the body is not read, so the connection cannot serve another request. */
    private static Problem tooLarge() {
        return new Problem(WebProblem.PAYLOAD_TOO_LARGE, Map.of("Connection", "close"));
    }

    private static boolean isUtf8Only(MediaType type) {
        return type.getParameters().entrySet().stream()
                .allMatch(parameter -> parameter.getKey().equalsIgnoreCase("charset")
                        && parameter.getValue().replace("\"", "").equalsIgnoreCase("utf-8"));
    }

    private static boolean isOneHeader(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Type")).size() <= 1;
    }
}
