package dev.drawbridge.orders;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.ProblemCode;
import dev.drawbridge.platform.web.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** What the channel manager refuses; the codes that an order in Error shows are here too. */
enum OrderProblem implements ProblemCode {
    INVALID_ORDER_ID("The order id in the path is not a UUID; use the orderId that creating the order answered."),
    INVALID_PARTNER_ID("The partner id in the path is not a UUID; use the partnerId that you were given."),
    UNKNOWN_PARTNER("No such partner here; check partnerId."),
    PARTNER_INACTIVE("This partner is not active, so it cannot sell; ask the operator to activate it."),
    DUPLICATE_ORDER(
            "An order with this sellToOrderReference exists; read the one that details names, or use a new reference."),
    ORDER_TOO_LARGE("An order may have at most 10000 wallets and 20000 tickets and coupons; split it."),
    ORDER_IN_FLIGHT("The order is being issued; try again once it has settled."),
    ORDER_NOT_CONFIRMABLE("Only a Draft can be confirmed; this order is Cancelled or in Error."),
    ORDER_NOT_REPLACEABLE(
            "Only an order that is a Draft or in Error can be replaced; cancel this one and send a new one."),
    ORDER_NOT_PROCESSABLE("Only an order that is Submitted or in Error can be processed; this one has settled."),
    ORDER_IDENTITY_IMMUTABLE(
            "partnerId and sellToOrderReference of an order cannot change; send those that it was created with."),
    CAPACITY_EXCEEDED("The visit is sold out; choose another time and replace the order."),
    NO_TIME_SLOT("There is no open time slot for the visit; choose another time and replace the order."),
    VISIT_IN_PAST("The visit is over; choose a later one and replace the order."),
    ITEM_BLOCKED("An item is no longer for sale; leave it out and replace the order."),
    EXTERNAL_REFERENCE_TAKEN("An external reference number is in use; give another and replace the order."),
    ISSUANCE_FAILED("The order could not be issued; try again later, and tell the operator if it stays so."),
    TICKETS_ALREADY_USED(
            "A guest has been let in on one of the order's tickets, so it cannot be cancelled; ask the operator."),
    COUPONS_ALREADY_USED("One of the order's coupons has been redeemed, so it cannot be cancelled; ask the operator.");

    /** Where the code of a reason is none of these, which only an order of a later release can have. */
    private static final OrderProblem UNKNOWN_REASON = ISSUANCE_FAILED;

    private final String message;

    OrderProblem(String message) {
        this.message = message;
    }

    /** What a call that issues inside itself answers for an order that ended in Error: its reason, and which it is. */
    static Problem ofFailed(Order failed) {
        Order.StatusReason reason = failed.state().reason();
        OrderProblem problem = Arrays.stream(values())
                .filter(known -> known.code().equals(reason.code()))
                .findFirst()
                .orElse(UNKNOWN_REASON);
        return new Problem(
                problem,
                reason.message(),
                List.of(Violation.ofOrder(
                        "", reason.code(), reason.message(), failed.id().value())),
                Map.of());
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
