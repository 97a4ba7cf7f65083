package dev.drawbridge.partners;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.access.RateLimits;
import dev.drawbridge.platform.database.Transactions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The partner's own limit, else the company's, else none. */
@Component
class PartnerRateLimits implements RateLimits {

    private final Transactions transactions;
    private final Partners partners;
    private final Companies companies;

    PartnerRateLimits(Transactions transactions, Partners partners, Companies companies) {
        this.transactions = transactions;
        this.partners = partners;
        this.companies = companies;
    }

    @Override
    public Optional<RateLimit> limitOf(Company company, Caller caller) {
        return transactions.inCompany(company.id(), transaction -> caller.partner()
                .flatMap(id -> partners.find(transaction, id))
                .flatMap(Partner::rateLimit)
                .or(() -> companies.settings(transaction).rateLimit()));
    }
}
