package dev.drawbridge.orders;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.ticketing.Reservations;
import dev.drawbridge.ticketing.Reservations.RetakeRefusal;
import dev.drawbridge.webhooks.Events;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Turns a Draft into an Issued order once it is paid. */
@Component
class OrderConfirmation {

    private static final TextRule PAYMENT_REFERENCE = TextRule.reference(50);

    private final Transactions transactions;
    private final OrderAccess access;
    private final Reservations reservations;
    private final OrderAssets assets;
    private final OrderStore orders;
    private final Events events;

    OrderConfirmation(
            Transactions transactions,
            OrderAccess access,
            Reservations reservations,
            OrderAssets assets,
            OrderStore orders,
            Events events) {
        this.transactions = transactions;
        this.access = access;
        this.reservations = reservations;
        this.assets = assets;
        this.orders = orders;
        this.events = events;
    }

    /**
     * Answers the Issued order; one that is Issued already unchanged, and then the body is not looked at.
     *
     * @throws Problem {@code resource_not_found}, {@code validation_failed}, {@code partner_inactive},
     *     {@code order_in_flight}, {@code order_not_confirmable}; and where the Draft's hold had expired
     *     {@code capacity_exceeded}, {@code no_time_slot}, {@code visit_in_past}: it stays a Draft
     */
    Order confirm(Caller caller, CompanyId company, OrderId id, Supplier<JsonNode> body, boolean strict) {
        Function<CompanyTransaction, Order> work = transaction -> {
            Order order = access.lock(transaction, caller, id);
            FaultPoint.hit("confirm-after-lock");
            String paymentReference = order.status() == OrderStatus.ISSUED
                    ? order.terms().paymentReference()
                    : paymentReference(body, strict);
            access.requireActiveUnlessOperator(transaction, caller, order.partner());
            order.status().refusal(OrderStatus.Action.CONFIRM).ifPresent(refusal -> {
                throw new Problem(refusal);
            });
            return order.status() == OrderStatus.ISSUED ? order : issue(transaction, order, paymentReference);
        };
        return transactions.inCompanyResolved(company, work, this::isConfirmed);
    }

    /** Also one that has been cancelled since. */
    private Optional<Boolean> isConfirmed(CompanyTransaction transaction, Order issued) {
        return Optional.of(orders.find(transaction, issued.id())
                .filter(order -> order.status() == OrderStatus.ISSUED || order.status() == OrderStatus.CANCELLED)
                .filter(order ->
                        order.terms().paymentReference().equals(issued.terms().paymentReference()))
                .isPresent());
    }

    private Order issue(CompanyTransaction transaction, Order draft, String paymentReference) {
        if (draft.holdIsOver(transaction.now())) {
            // Nobody has come round to end the hold; it counts as ended all the same.
            reservations.giveBack(transaction, draft.id());
        }
        Optional<RetakeRefusal> refusal = reservations.sell(transaction, draft.id(), draft.generation());
        if (refusal.isPresent()) {
            throw new Problem(problem(refusal.get()));
        }
        FaultPoint.hit("after-hold-confirm");
        assets.pay(transaction, draft);
        Order issued = draft.confirmed(paymentReference);
        orders.confirm(transaction, draft, paymentReference);
        events.record(transaction, List.of(issued.processedEvent(TraceContext.current())));
        return issued;
    }

    private static OrderProblem problem(RetakeRefusal refusal) {
        return switch (refusal) {
            case SOLD_OUT -> OrderProblem.CAPACITY_EXCEEDED;
            case CLOSED -> OrderProblem.NO_TIME_SLOT;
            case OVER -> OrderProblem.VISIT_IN_PAST;
        };
    }

    private static String paymentReference(Supplier<JsonNode> body, boolean strict) {
        JsonNode document = body.get();
        var violations = new Violations();
        var fields = new Fields(document, "", violations);
        Optional<String> reference = fields.requiredText("paymentReference", PAYMENT_REFERENCE);
        if (strict) {
            fields.refuseUnknown();
        }
        violations.throwIfAny(document);
        return reference.orElseThrow();
    }
}
