package dev.drawbridge.ticketing;

import dev.drawbridge.platform.web.ProblemCode;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What ticketing refuses. */
public enum TicketingProblem implements ProblemCode {
    CAPACITY_EXCEEDED("A slot of this order has not enough places left; choose another time or fewer guests."),
    NO_TIME_SLOT("There is no open slot at or near the visit's time; choose another time or day."),
    VISIT_IN_PAST("The visit is over already; choose a later time."),
    CAPACITY_BELOW_TAKEN("More places of this slot are taken than that; send at least as many, or close the slot."),
    TICKETS_ALREADY_USED("A guest has been let in on a ticket of this order, so it cannot be cancelled.");

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
