package dev.drawbridge.orders;

import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.OrderQueue.QueuedOrder;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.LongWork;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The channel manager's endpoints on one order. */
@RestController
@RequestMapping("/{tenant}/{environment}/{company}/channelManager")
class OrderController {

    private final OrderIntake intake;
    private final OrderReplacement replacement;
    private final OrderConfirmation confirmation;
    private final OrderCancellation cancellation;
    private final SyncIssuance syncIssuance;
    private final OrderQueries queries;

    OrderController(
            OrderIntake intake,
            OrderReplacement replacement,
            OrderConfirmation confirmation,
            OrderCancellation cancellation,
            SyncIssuance syncIssuance,
            OrderQueries queries) {
        this.intake = intake;
        this.replacement = replacement;
        this.confirmation = confirmation;
        this.cancellation = cancellation;
        this.syncIssuance = syncIssuance;
        this.queries = queries;
    }

    @PostMapping
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer create(Call call) {
        Function<OrderView, Answer> created =
                order -> Answer.created(order, call.companyUrl() + "/channelManager/" + order.orderId());
        return submit(
                call,
                mode -> intake.place(call.caller(), call.company().id(), call.body(), mode, call.strict()),
                created);
    }

    @PutMapping("/{orderId}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer replace(Call call) {
        OrderId id = orderId(call);
        return submit(
                call,
                mode -> replacement.replace(call.caller(), call.company().id(), id, call::body, mode, call.strict()),
                Answer::ok);
    }

    @GetMapping("/{orderId}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer get(Call call) {
        OrderId id = orderId(call);
        call.query().end();
        return Answer.ok(queries.view(call.caller(), call.company().id(), id));
    }

    @PostMapping("/{orderId}/confirm")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer confirm(Call call) {
        OrderId id = orderId(call);
        call.query().end();
        return call.idempotent(() -> {
            Supplier<JsonNode> body = call.heldBody();
            try {
                return Answer.ok(show(
                        call, confirmation.confirm(call.caller(), call.company().id(), id, body, call.strict())));
            } catch (Problem refused) {
                if (refused.code() == WebProblem.RESOURCE_NOT_FOUND) {
                    call.body(); // a body that is no JSON comes before the order that does not exist
                }
                throw refused;
            }
        });
    }

    @DeleteMapping("/{orderId}")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer cancel(Call call) {
        boolean force = call.query().flag("force");
        if (force) {
            call.requireOperator();
        }
        OrderId id = orderId(call);
        call.query().end();
        call.ignoreBody();
        return Answer.ok(
                show(call, cancellation.cancel(call.caller(), call.company().id(), id, force)));
    }

    @PostMapping("/{orderId}/process")
    @Requires(Permission.OTA_CHANNEL_MANAGER)
    Answer process(Call call) {
        call.requireOperator();
        OrderId id = orderId(call);
        call.query().end();
        call.ignoreBody();
        return syncIssuance.admitted(admission -> call.idempotent(new Issuing(
                call,
                admission,
                () -> syncIssuance.claim(call.caller(), call.company().id(), id),
                order -> Answer.ok(show(call, order)))));
    }

    /** Create and replace: answered at once, or with {@code sync} when the order has settled. */
    private Answer submit(
            Call call, Function<OrderQueue.Mode, QueuedOrder> submission, Function<OrderView, Answer> answer) {
        boolean sync = call.query().isYes("sync");
        call.query().end();
        // Before a connection or a place among the sync calls is taken: who sends slowly keeps neither from others.
        call.rawBody();
        if (!sync) {
            return call.idempotent(() ->
                    answer.apply(submission.apply(OrderQueue.Mode.ASYNCHRONOUS).order()));
        }
        return syncIssuance.admitted(admission -> call.idempotent(new Issuing(
                call,
                admission,
                () -> submission.apply(OrderQueue.Mode.SYNCHRONOUS).claim(),
                settled ->
                        settled.status() == OrderStatus.ERROR ? refuse(settled) : answer.apply(show(call, settled)))));
    }

    /** The order stays, in Error; the caller learns why and which. */
    private static Answer refuse(Order failed) {
        throw OrderProblem.ofFailed(failed);
    }

    /** An order that is issued inside the call: claimed in the transaction that accepts it, issued after that. */
    private static final class Issuing implements LongWork {

        private final Call call;
        private final SyncIssuance.Admission admission;
        private final Supplier<Claim> acceptance;
        private final Function<Order, Answer> answer;
        private Supplier<Claim> accepted = () -> {
            throw new IllegalStateException("Nothing has been accepted");
        };

        Issuing(
                Call call,
                SyncIssuance.Admission admission,
                Supplier<Claim> acceptance,
                Function<Order, Answer> answer) {
            this.call = call;
            this.admission = admission;
            this.acceptance = acceptance;
            this.answer = answer;
        }

        @Override
        public UUID accept() {
            Claim claim = acceptance.get();
            accepted = () -> claim;
            return claim.order().value();
        }

        @Override
        public Answer finish(UUID orderId) {
            admission.issue(accepted.get());
            return resume(orderId);
        }

        @Override
        public Answer resume(UUID orderId) {
            return answer.apply(admission.await(call.caller(), call.company().id(), new OrderId(orderId)));
        }
    }

    private OrderView show(Call call, Order order) {
        return queries.show(call.company().id(), order);
    }

    private static OrderId orderId(Call call) {
        return new OrderId(call.pathUuid("orderId", OrderProblem.INVALID_ORDER_ID));
    }
}
