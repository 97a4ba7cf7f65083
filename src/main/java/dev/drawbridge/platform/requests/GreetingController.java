package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.web.Answer;
import java.util.List;
import java.util.Map;
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
        return Answer.ok(Map.of("message", "Hello World!"));
    }

    @Requires
    @GetMapping("/{tenant}/{environment}/companies")
    Answer list(Call call) {
        PageRequest page = call.pageRequest();
        call.query().end();
        List<Company> rows = companies.usableBy(
                call.caller(),
                call.companyPath().tenant(),
                call.companyPath().environment(),
                page.after().map(UUID::fromString),
                page.rowsToRead());
        return Answer.ok(
                call.page(page, rows, company -> company.id().toString()).map(CompanyView::of));
    }
}
