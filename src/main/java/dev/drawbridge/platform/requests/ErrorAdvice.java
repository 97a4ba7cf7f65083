package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.JsonAnswers;
import dev.drawbridge.platform.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what handlers and routing throw into the one error body. */
@ControllerAdvice
class ErrorAdvice {

    private final RequestChecks checks;
    private final Failures failures;
    private final JsonAnswers answers;

    ErrorAdvice(RequestChecks checks, Failures failures, JsonAnswers answers) {
        this.checks = checks;
        this.failures = failures;
        this.answers = answers;
    }

    @ExceptionHandler
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.write(request, response, failures.problemOf(failure));
    }

    /** Who has no key learns nothing about which paths and methods there are. */
    @ExceptionHandler({NoResourceFoundException.class, HttpRequestMethodNotSupportedException.class})
    void answerUnmatched(Exception noRoute, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answers.write(request, response, unmatched(noRoute, request, response));
    }

    private Problem unmatched(Exception noRoute, HttpServletRequest request, HttpServletResponse response) {
        try {
            checks.checkUnmatched(request, response);
            return failures.problemOf(noRoute);
        } catch (Exception refused) {
            return failures.problemOf(refused);
        }
    }
}
