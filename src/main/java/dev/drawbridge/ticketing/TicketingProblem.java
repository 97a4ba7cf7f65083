package dev.drawbridge.ticketing;

import dev.drawbridge.platform.web.ProblemCode;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What ticketing refuses. */
public enum TicketingProblem implements ProblemCode {
    CAPACITY_BELOW_TAKEN("More places of this slot are taken than that; send at least as many, or close the slot.");

    private final String message;

    TicketingProblem(String message) {
        this.message = message;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public HttpStatus status() {
        return HttpStatus.BAD_REQUEST;
    }

    @Override
    public String message() {
        return message;
    }
}
