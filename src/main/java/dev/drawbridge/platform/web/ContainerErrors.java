package dev.drawbridge.platform.web;

import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Errors that Tomcat finds before any of our code runs, such as a malformed request line: the one error body too. */
final class ContainerErrors extends ErrorReportValve {

    private final JsonAnswers answers;

    ContainerErrors(JsonAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setHeader(RequestIds.HEADER, RequestIds.of(request));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            answers.write(request, response, problem(response.getStatus()));
        } catch (IOException gone) {
            containerLog.debug("The client was gone before its error was written", gone);
        }
    }

    private static Problem problem(int status) {
        WebProblem code = code(status);
        return code == WebProblem.UNSUPPORTED_HTTP_METHOD
                ? new Problem(code, Map.of(HttpHeaders.ALLOW, "GET, POST, PUT, PATCH, DELETE"))
                : new Problem(code);
    }

    private static WebProblem code(int status) {
        return switch (status) {
            case 404 -> WebProblem.RESOURCE_NOT_FOUND;
            case 405 -> WebProblem.UNSUPPORTED_HTTP_METHOD;
            case 408 -> WebProblem.REQUEST_TIMEOUT;
            case 413 -> WebProblem.PAYLOAD_TOO_LARGE;
            case 414 -> WebProblem.URI_TOO_LONG;
            case 431 -> WebProblem.HEADERS_TOO_LARGE;
            case 503 -> WebProblem.OVERLOADED;
            case 501, 505 -> WebProblem.BAD_REQUEST;
            default -> status < 500 ? WebProblem.BAD_REQUEST : WebProblem.INTERNAL_ERROR;
        };
    }
}
