package dev.drawbridge.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers and errors: the one place where a response gets its status, headers and JSON. */
@Component
public class JsonAnswers {

    private final JsonMapper mapper;

    JsonAnswers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The JSON of a body; what is bytes is JSON already. */
    public byte @Nullable [] bytes(@Nullable Object body) {
        return body == null || body instanceof byte[] ? (byte[]) body : mapper.writeValueAsBytes(body);
    }

    public void write(HttpServletResponse response, Answer answer) throws IOException {
        write(response, answer.status(), answer.headers(), bytes(answer.body()));
    }

    /** Writes the error body, unless an answer is on its way already. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(RequestIds.HEADER, RequestIds.of(request));
        write(response, problem.code().status(), problem.headers(), errorBytes(problem, RequestIds.of(request)));
    }

    /** The error body as it is sent, for whoever keeps it. */
    public byte[] errorBytes(Problem problem, String requestId) {
        return mapper.writeValueAsBytes(ErrorBody.of(problem, requestId));
    }

    private static void write(
            HttpServletResponse response, HttpStatus status, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        response.setStatus(status.value());
        headers.forEach(response::setHeader);
        if (body != null) {
            if (!headers.containsKey(HttpHeaders.CONTENT_TYPE)) {
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
