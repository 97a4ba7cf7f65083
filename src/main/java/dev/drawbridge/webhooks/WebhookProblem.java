package dev.drawbridge.webhooks;

import dev.drawbridge.platform.web.ProblemCode;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What is refused about webhooks. */
enum WebhookProblem implements ProblemCode {
    /** As the orders' own: an inactive partner's key may read and delete, no more. */
    PARTNER_INACTIVE(
            HttpStatus.BAD_REQUEST, "This partner is not active, so it cannot sell; ask the operator to activate it."),
    TOO_MANY_WEBHOOKS(
            HttpStatus.BAD_REQUEST,
            "A partner may have 20 webhooks and the operator 50; delete one that is not needed."),
    WEBHOOK_DISABLED(HttpStatus.BAD_REQUEST, "The webhook is disabled, so nothing is sent to it; activate it first."),
    REPLAY_IN_PROGRESS(HttpStatus.CONFLICT, "A replay for this webhook is still running; try again when it is done.");

    private final HttpStatus status;
    private final String message;

    WebhookProblem(HttpStatus status, String message) {
        this.status = status;
        this.message = message;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String message() {
        return message;
    }
}
