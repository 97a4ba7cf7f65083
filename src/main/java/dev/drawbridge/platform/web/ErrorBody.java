package dev.drawbridge.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of every error, whatever raised it. */
record ErrorBody(
        String code,
        String message,
        String requestId,
        @Nullable List<Violation> details) {

    static ErrorBody of(Problem problem, String requestId) {
        List<Violation> details = problem.details();
        return new ErrorBody(
                problem.code().code(), problem.getMessage(), requestId, details.isEmpty() ? null : details);
    }
}
