package dev.drawbridge.orders;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds orders for a caller: another partner's order is as unknown as one that does not exist. */
@Component
class OrderAccess {

    private final OrderStore orders;
    private final AuditLog audit;

    OrderAccess(OrderStore orders, AuditLog audit) {
        this.orders = orders;
        this.audit = audit;
    }

    /** @throws Problem {@code resource_not_found} */
    Order find(CompanyTransaction transaction, Caller caller, OrderId id) {
        return visible(caller, orders.find(transaction, id));
    }

    /** As {@link #find}; nobody else can change the order until the transaction ends. */
    Order lock(CompanyTransaction transaction, Caller caller, OrderId id) {
        return visible(caller, orders.lock(transaction, id));
    }

    void auditForce(CompanyTransaction transaction, Caller caller, Order order) {
        audit.record(transaction, caller, "order_cancelled_by_force", order.id().toString(), Map.of());
    }

    private static Order visible(Caller caller, Optional<Order> order) {
        return order.filter(found -> caller.actsFor(found.partner()))
                .orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }
}
