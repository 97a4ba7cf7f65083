package dev.drawbridge.orders;

import dev.drawbridge.orders.Order.Identity;
import dev.drawbridge.orders.Order.OrderRequest;
import dev.drawbridge.orders.Order.State;
import dev.drawbridge.orders.OrderQueue.QueuedOrder;
import dev.drawbridge.partners.DocumentNumbers;
import dev.drawbridge.partners.Partner;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.platform.web.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Takes new orders in: checked whole, stored with their job in one transaction, answered before anything is issued. */
@Component
class OrderIntake {

    /**
     * Random document numbers of one second meet once in a million. A series may run into numbers that another partner
     * drew under the same prefix: so many draws pass hundreds of millions of them.
     */
    private static final int NUMBER_DRAWS_MAX = 38;

    private static final String NUMBERS_USED_UP =
            "No document number is free for the order; ask the operator for another prefix or more digits.";

    private static final Logger LOG = LoggerFactory.getLogger(OrderIntake.class);

    private final Transactions transactions;
    private final CompanySnapshots snapshots;
    private final OrderAccess access;
    private final DocumentNumbers documentNumbers;
    private final OrderQueue queue;
    private final OrderCancellation cancellation;
    private final MeterRegistry meters;

    OrderIntake(
            Transactions transactions,
            CompanySnapshots snapshots,
            OrderAccess access,
            DocumentNumbers documentNumbers,
            OrderQueue queue,
            OrderCancellation cancellation,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.access = access;
        this.documentNumbers = documentNumbers;
        this.queue = queue;
        this.cancellation = cancellation;
        this.meters = meters;
        Stream.of(OrderQueue.Mode.values()).forEach(this::accepted);
    }

    /**
     * Stores a new order.
     *
     * @throws Problem {@code forbidden}, {@code validation_failed}, {@code order_too_large}, {@code unknown_partner},
     *     {@code partner_inactive}, {@code duplicate_order}, {@code issuance_failed} when no document number is left;
     *     nothing is written then
     */
    QueuedOrder place(Caller caller, CompanyId company, JsonNode body, OrderQueue.Mode mode, boolean strict) {
        Function<CompanyTransaction, QueuedOrder> work = transaction -> {
            access.requireOwn(caller, body);
            OrderRequest request = new OrderBody(snapshots.of(transaction), transaction.now(), strict)
                    .read(body, (partner, reference, keys) -> queue.takenForNew(transaction, partner, reference, keys));
            Partner partner = access.requireActive(transaction, request.partner());
            QueuedOrder queued = store(transaction, request, partner, mode);
            transactions.afterCommit(accepted(mode)::increment);
            FaultPoint.hit("before-accept-commit");
            return queued;
        };
        return transactions.inCompanyResolved(
                company,
                work,
                (transaction, placed) -> Optional.of(
                        access.find(transaction, placed.claim().order()).isPresent()));
    }

    private Counter accepted(OrderQueue.Mode mode) {
        return meters.counter("ocm.orders.accepted", "mode", mode.name().toLowerCase(Locale.ROOT));
    }

    private QueuedOrder store(
            CompanyTransaction transaction, OrderRequest request, Partner partner, OrderQueue.Mode mode) {
        for (int clashes = 0; clashes < NUMBER_DRAWS_MAX; clashes++) {
            Order order = order(transaction, request, partner, clashes);
            Optional<QueuedOrder> queued = queue.submitNew(transaction, order, request, mode);
            if (queued.isPresent()) {
                return queued.get();
            }
            cancellation.removeError(transaction, request.partner(), request.reference());
        }
        throw numbersUsedUp(partner);
    }

    private String documentNumber(CompanyTransaction transaction, Partner partner, int clashes) {
        try {
            return documentNumbers.draw(transaction.company(), partner, transaction.now(), clashes);
        } catch (Numbers.UsedUp usedUp) {
            throw numbersUsedUp(partner);
        }
    }

    /** Nothing that the partner sends can help, so the operator has to know. */
    private static Problem numbersUsedUp(Partner partner) {
        LOG.error("document_numbers_used_up partner={}; give the partner another prefix or more digits", partner.id());
        return new Problem(OrderProblem.ISSUANCE_FAILED, NUMBERS_USED_UP, List.of(), Map.of());
    }

    private Order order(CompanyTransaction transaction, OrderRequest request, Partner partner, int clashes) {
        Instant receivedAt = transaction.now();
        return new Order(
                new OrderId(RowIds.next()),
                new Identity(
                        request.partner(),
                        request.reference(),
                        documentNumber(transaction, partner, clashes),
                        receivedAt),
                request.terms(),
                1,
                State.submitted(0));
    }
}
