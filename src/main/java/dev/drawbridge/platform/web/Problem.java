package dev.drawbridge.platform.web;

import java.util.List;
import java.util.Map;

/**
 * A request ends here with an error body. Thrown, not returned: it must also roll back the transaction that it leaves
 * (ADR 0008).
 */
public class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemCode code;
    private final transient List<Violation> details;
    private final transient Map<String, String> headers;

    public Problem(ProblemCode code) {
        this(code, code.message(), List.of(), Map.of());
    }

    public Problem(ProblemCode code, List<Violation> details) {
        this(code, code.message(), details, Map.of());
    }

    public Problem(ProblemCode code, Map<String, String> headers) {
        this(code, code.message(), List.of(), headers);
    }

    public Problem(ProblemCode code, String message, List<Violation> details, Map<String, String> headers) {
        super(message, null, false, false);
        this.code = code;
        this.details = List.copyOf(details);
        this.headers = Map.copyOf(headers);
    }

    public ProblemCode code() {
        return code;
    }

    public List<Violation> details() {
        return details;
    }

    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
