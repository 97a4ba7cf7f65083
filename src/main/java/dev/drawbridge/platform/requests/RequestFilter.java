package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.web.JsonAnswers;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.RequestIds;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.platform.web.WebProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost step of every request: its trace and id, the headers of every answer, one form of its path, and a bound
 * on how many run at once.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

    private static final int ADDRESS_CHARACTERS_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 100;
    private static final int HEADER_CHARACTERS_MAX = 16 * 1024;
    private static final int WAIT_MILLIS_MAX = 1_000;
    private static final int RETRY_AFTER_SECONDS_MAX = 3;

    private static final String STRICT_TRANSPORT = "max-age=31536000; includeSubDomains";

    private final Semaphore running;
    private final boolean encrypted;
    private final JsonAnswers answers;
    private final Failures failures;
    private final Counter shed;

    /** @param concurrentMax so many requests run at once; more wait a second, and are refused then */
    RequestFilter(
            @Value("${drawbridge.requests.concurrent-max:256}") int concurrentMax,
            ServerSettings server,
            JsonAnswers answers,
            Failures failures,
            MeterRegistry meters) {
        this.running = new Semaphore(concurrentMax, true);
        this.encrypted = server.publicBaseUrl().toString().startsWith("https:");
        this.answers = answers;
        this.failures = failures;
        this.shed = meters.counter("ocm.shed", "reason", "requests");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        TraceContext.of(Collections.list(request.getHeaders(TraceContext.HEADER)))
                .during(() -> answer(request, response, chain));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String requestId = RequestIds.of(request);
        MDC.put("requestId", requestId);
        try {
            setHeaders(response, requestId);
            checkSize(request);
            RequestPath path = RequestPath.of(request.getRequestURI());
            request.setAttribute(RequestPath.ATTRIBUTE, path);
            pass(path, new PlainRequest(request, path.canonical()), response, chain);
        } catch (Exception failure) {
            answers.write(request, response, failures.problemOf(failure));
        } finally {
            MDC.remove("requestId");
        }
    }

    private void pass(RequestPath path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (path.is("livez") || path.is("readyz")) {
            chain.doFilter(request, response);
            return;
        }
        if (!mayRun()) {
            shed.increment();
            int seconds = ThreadLocalRandom.current().nextInt(1, RETRY_AFTER_SECONDS_MAX + 1);
            throw new Problem(WebProblem.OVERLOADED, Map.of("Retry-After", String.valueOf(seconds)));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            running.release();
        }
    }

    /** The container reads somewhat more than this, so that these have their own codes. */
    private static void checkSize(HttpServletRequest request) {
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > ADDRESS_CHARACTERS_MAX) {
            throw new Problem(WebProblem.URI_TOO_LONG, Map.of("Connection", "close"));
        }
        int headers = 0;
        int characters = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers++;
                characters += name.length() + value.length();
            }
        }
        if (headers > HEADERS_MAX || characters > HEADER_CHARACTERS_MAX) {
            throw new Problem(WebProblem.HEADERS_TOO_LARGE, Map.of("Connection", "close"));
        }
    }

    private boolean mayRun() {
        try {
            return running.tryAcquire(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Handlers of pages for people set their own in place of these. */
    private void setHeaders(HttpServletResponse response, String requestId) {
        response.setHeader(RequestIds.HEADER, requestId);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (encrypted) {
            response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
        }
    }

    /** One form of the path for all routes; and no Origin, because cross-origin requests get no special treatment. */
    private static final class PlainRequest extends HttpServletRequestWrapper {

        private final String path;

        PlainRequest(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        /** The servlet would answer TRACE itself, with what it was sent. */
        @Override
        public String getMethod() {
            return super.getMethod().equals("TRACE") ? "REFUSED" : super.getMethod();
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Origin") ? null : super.getHeader(name);
        }
    }
}
