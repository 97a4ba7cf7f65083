package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.web.Answer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever sets an integration up: does the key work, and for which companies. */
@RestController
class GreetingController {

    record CompanyView(UUID id, String name, String displayName) {

        static CompanyView of(Company company) {
            return new CompanyView(company.id().value(), company.name(), company.displayName());
        }
    }

    private final Companies companies;

    GreetingController(Companies companies) {
        this.companies = companies;
    }

    @Requires
    @GetMapping("/{tenant}/{environment}/{company}/helloworld")
    Answer greet(Call call) {
        call.query().end();
        return Answer.ok(Map.of("message", "Hello World!"));
    }

    @Requires
    @GetMapping("/{tenant}/{environment}/companies")
    Answer list(Call call) {
        OptionalLong feed = call.query().sync();
        PageRequest page = call.pageRequest();
        call.query().end();
        UUID tenant = call.companyPath().tenant();
        String environment = call.companyPath().environment();
        if (feed.isPresent()) {
            return Answer.ok(call.changes(
                    page,
                    feed.getAsLong(),
                    (after, max) -> companies.changed(call.caller(), tenant, environment, after, max),
                    CompanyView::of));
        }
        List<Company> rows = companies.usableBy(
                call.caller(), tenant, environment, page.after().map(UUID::fromString), page.rowsToRead());
        return Answer.ok(
                call.page(page, rows, company -> company.id().toString()).map(CompanyView::of));
    }
}
