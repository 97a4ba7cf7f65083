package dev.drawbridge.orders;

import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** For which partner a caller may send and change orders. */
@Component
class PartnerRights {

    private final Partners partners;

    PartnerRights(Partners partners) {
        this.partners = partners;
    }

    /** 403 when the body names another partner than the key is bound to; what is no UUID is a violation, found later. */
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
