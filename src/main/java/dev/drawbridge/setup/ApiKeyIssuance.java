package dev.drawbridge.setup;

import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.database.Transactions;
import org.springframework.stereotype.Component;

/** Makes API keys for a company's partners and operators. */
@Component
class ApiKeyIssuance {

    private final Transactions transactions;
    private final Partners partners;
    private final ApiKeys keys;

    ApiKeyIssuance(Transactions transactions, Partners partners, ApiKeys keys) {
        this.transactions = transactions;
        this.partners = partners;
        this.keys = keys;
    }

    ApiKey.Created issue(Caller caller, Company company, ApiKeyBody body) {
        return transactions.inCompany(company.id(), open -> {
            ApiKey.Wanted wanted =
                    body.read(partner -> partners.find(open, partner).isPresent(), open.now());
            return keys.create(caller, company, wanted);
        });
    }
}
