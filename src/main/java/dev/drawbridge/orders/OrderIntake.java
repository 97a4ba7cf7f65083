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
import dev.drawbridge.platform.web.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Takes new orders in: checked whole, stored with their job in one transaction, answered before anything is issued. */
@Component
class OrderIntake {

    /** Two document numbers of one second meet once in a million; more than that is not chance. */
    private static final int NUMBER_DRAWS_MAX = 10;

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
     *     {@code partner_inactive}, {@code duplicate_order}; nothing is written then
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
        for (int draws = 1; draws <= NUMBER_DRAWS_MAX; draws++) {
            Order order = order(transaction, request, partner);
            Optional<QueuedOrder> queued = queue.submitNew(transaction, order, request, mode);
            if (queued.isPresent()) {
                return queued.get();
            }
            cancellation.removeError(transaction, request.partner(), request.reference());
        }
        throw new IllegalStateException("No free document number in " + NUMBER_DRAWS_MAX + " draws");
    }

    private Order order(CompanyTransaction transaction, OrderRequest request, Partner partner) {
        Instant receivedAt = transaction.now();
        return new Order(
                new OrderId(RowIds.next()),
                new Identity(
                        request.partner(),
                        request.reference(),
                        documentNumbers.draw(transaction.company(), partner, receivedAt),
                        receivedAt),
                request.terms(),
                1,
                State.submitted(0));
    }
}
