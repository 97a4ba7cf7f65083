package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.database.CommitUnknown;
import dev.drawbridge.platform.web.JsonAnswers;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.NoHandlerFoundException;

/**
 * Turns what handlers, routing and filters throw into the one error body, which tells the caller nothing of our inside.
 * A fault of ours is logged here, once.
 */
@ControllerAdvice
class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    /** The database could not do it now; nothing says that it will not a little later. */
    private static final List<Class<? extends Exception>> PASSING = List.of(
            CommitUnknown.class,
            TransactionException.class,
            ConcurrencyFailureException.class,
            QueryTimeoutException.class,
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            DataAccessResourceFailureException.class);

    private final RequestChecks checks;
    private final JsonAnswers answers;
    private final Counter shed;

    Failures(RequestChecks checks, JsonAnswers answers, MeterRegistry meters) {
        this.checks = checks;
        this.answers = answers;
        this.shed = meters.counter("ocm.shed", "reason", "database");
    }

    @ExceptionHandler
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.write(request, response, problemOf(failure));
    }

    /** Who has no key learns nothing about which paths and methods there are. */
    @ExceptionHandler({NoHandlerFoundException.class, HttpRequestMethodNotSupportedException.class})
    void answerUnmatched(Exception noRoute, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answers.write(request, response, unmatched(noRoute, request, response));
    }

    private Problem unmatched(Exception noRoute, HttpServletRequest request, HttpServletResponse response) {
        try {
            checks.checkUnmatched(request, response);
            return problemOf(noRoute);
        } catch (Exception refused) {
            return problemOf(refused);
        }
    }

    Problem problemOf(Exception failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case HttpRequestMethodNotSupportedException wrongMethod -> methodNotSupported(wrongMethod);
            case ErrorResponse refusal
            when refusal.getStatusCode().is4xxClientError() -> new Problem(code(refusal.getStatusCode()));
            case IOException connectionBroke -> new Problem(WebProblem.BAD_REQUEST, Map.of("Connection", "close"));
            default -> isPassing(failure) ? overloaded(failure) : internal(failure);
        };
    }

    private static boolean isPassing(Exception failure) {
        return PASSING.stream().anyMatch(type -> type.isInstance(failure));
    }

    private static Problem methodNotSupported(HttpRequestMethodNotSupportedException wrongMethod) {
        String[] supported = wrongMethod.getSupportedMethods();
        String allow = supported == null ? "" : String.join(", ", supported);
        return new Problem(WebProblem.UNSUPPORTED_HTTP_METHOD, Map.of("Allow", allow));
    }

    private static WebProblem code(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> WebProblem.RESOURCE_NOT_FOUND;
            case 413 -> WebProblem.PAYLOAD_TOO_LARGE;
            case 415 -> WebProblem.UNSUPPORTED_MEDIA_TYPE;
            default -> WebProblem.BAD_REQUEST;
        };
    }

    private Problem overloaded(Exception failure) {
        shed.increment();
        LOG.atWarn()
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .log("request_overloaded: the database could not do it; the caller is asked to repeat");
        return new Problem(WebProblem.OVERLOADED, SOON);
    }

    private static Problem internal(Exception failure) {
        LOG.atError().setCause(failure).log("request_failed: a fault of this server; the caller got internal_error");
        return new Problem(WebProblem.INTERNAL_ERROR);
    }
}
