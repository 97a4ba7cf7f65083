package dev.drawbridge.orders;

import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a caller may do with which orders: another partner's order is as unknown as one that does not exist, and only a
 * partner that is active sells.
 */
@Component
class OrderAccess {

    private final OrderStore orders;
    private final AuditLog audit;
    private final Partners partners;

    OrderAccess(OrderStore orders, AuditLog audit, Partners partners) {
        this.orders = orders;
        this.audit = audit;
        this.partners = partners;
    }

    /** @throws Problem {@code resource_not_found} */
    Order find(CompanyTransaction transaction, Caller caller, OrderId id) {
        return visible(caller, orders.find(transaction, id));
    }

    /** For whoever was shown it before. */
    Optional<Order> find(CompanyTransaction transaction, OrderId id) {
        return orders.find(transaction, id);
    }

    /**
     * As {@link #find}; nobody else can change the order until the transaction ends. One in flight is not locked: its
     * lock is the worker's while it issues, and a caller is to be told so at once and not made to wait.
     */
    Order lock(CompanyTransaction transaction, Caller caller, OrderId id) {
        Order seen = find(transaction, caller, id);
        return seen.status().inFlight() ? seen : visible(caller, orders.lock(transaction, id));
    }

    /** Writes down what an operator did to an order. */
    void audit(CompanyTransaction transaction, Caller caller, String action, Order order) {
        audit.record(transaction, caller, action, order.id().toString(), Map.of());
    }

    private static Order visible(Caller caller, Optional<Order> order) {
        return order.filter(found -> caller.actsFor(found.partner()))
                .orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }

    /**
     * 403 when the body names another partner than the key is bound to; what is no UUID is a violation, found later.
     */
    void requireOwn(Caller caller, JsonNode body) {
        JsonNode named = body.path("partnerId");
        Optional<PartnerId> partner =
                named.isString() ? Fields.uuid(named.stringValue()).map(PartnerId::new) : Optional.empty();
        if (partner.isPresent() && !caller.actsFor(partner.get())) {
            throw new Problem(WebProblem.FORBIDDEN);
        }
    }

    Partner requireKnown(CompanyTransaction transaction, PartnerId id) {
        return partners.find(transaction, id).orElseThrow(() -> new Problem(OrderProblem.UNKNOWN_PARTNER));
    }

    /** A partner that sells: known and active. */
    Partner requireActive(CompanyTransaction transaction, PartnerId id) {
        Partner partner = requireKnown(transaction, id);
        if (!partner.active()) {
            throw new Problem(OrderProblem.PARTNER_INACTIVE);
        }
        return partner;
    }

    /** An inactive partner's own key may only read and delete; an operator may do more for it. */
    void requireActiveUnlessOperator(CompanyTransaction transaction, Caller caller, PartnerId id) {
        if (!caller.isOperator()) {
            requireActive(transaction, id);
        }
    }
}
