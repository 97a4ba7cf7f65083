package dev.drawbridge.orders;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.coupons.CouponTypes;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.ticketing.TicketingSetup;
import org.springframework.stereotype.Component;

/** Puts together what the modules below keep in memory of a company's setup. */
@Component
class CompanySnapshots {

    private final Companies companies;
    private final Catalog catalog;
    private final TicketingSetup ticketing;
    private final CouponTypes coupons;

    CompanySnapshots(Companies companies, Catalog catalog, TicketingSetup ticketing, CouponTypes coupons) {
        this.companies = companies;
        this.catalog = catalog;
        this.ticketing = ticketing;
        this.coupons = coupons;
    }

    CompanySnapshot of(CompanyTransaction transaction) {
        return new CompanySnapshot(
                companies.settings(transaction),
                catalog.of(transaction),
                ticketing.of(transaction),
                coupons.of(transaction));
    }
}
