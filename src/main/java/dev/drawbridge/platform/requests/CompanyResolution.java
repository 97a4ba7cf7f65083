package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * From the first segments of a path to the company. The first segment that is not the key's own is named in the
 * refusal, whether or not the place exists; for the platform key, what does not exist.
 */
@Component
class CompanyResolution {

    /** @param company empty where the path has no company segment, or one that is new */
    record Place(CompanyPath path, Optional<Company> company) {}

    private static final int COMPANY_SEGMENT = 2;
    private static final String COMPANIES = "companies";

    private final Companies companies;

    CompanyResolution(Companies companies) {
        this.companies = companies;
    }

    /** @param segments tenant, environment, and the company unless the path is {@code .../companies} */
    Place existing(Caller caller, List<String> segments) {
        UUID tenant = tenant(segments);
        String environment = segments.get(1);
        Optional<String> name = companyName(segments);
        return caller.company().isPresent()
                ? own(companies.own(caller.company().get()), tenant, environment, name)
                : any(tenant, environment, name);
    }

    /** For the platform key where it may create the company; a new one's place has only to be well-formed. */
    Place newOrExisting(List<String> segments) {
        UUID tenant = tenant(segments);
        return new Place(
                new CompanyPath(tenant, segments.get(1), segments.get(2)),
                find(tenant, segments.get(1), segments.get(2)));
    }

    private static Place own(Company own, UUID tenant, String environment, Optional<String> name) {
        if (!own.tenant().equals(tenant)) {
            throw new Problem(WebProblem.SAAS_TENANT_NOT_FOUND);
        }
        if (!own.isIn(environment)) {
            throw new Problem(WebProblem.SAAS_ENVIRONMENT_NOT_FOUND);
        }
        if (name.isPresent() && CompanyPath.spellings(name.get()).noneMatch(own::isCalled)) {
            throw new Problem(WebProblem.SAAS_COMPANY_NOT_FOUND);
        }
        return new Place(new CompanyPath(tenant, environment, name.orElse("")), Optional.of(own));
    }

    private Place any(UUID tenant, String environment, Optional<String> name) {
        if (!companies.tenantExists(tenant)) {
            throw new Problem(WebProblem.SAAS_TENANT_NOT_FOUND);
        }
        if (!companies.environmentExists(tenant, environment)) {
            throw new Problem(WebProblem.SAAS_ENVIRONMENT_NOT_FOUND);
        }
        Optional<Company> company = name.flatMap(given -> find(tenant, environment, given));
        if (name.isPresent() && company.isEmpty()) {
            throw new Problem(WebProblem.SAAS_COMPANY_NOT_FOUND);
        }
        return new Place(new CompanyPath(tenant, environment, name.orElse("")), company);
    }

    private Optional<Company> find(UUID tenant, String environment, String name) {
        return CompanyPath.spellings(name)
                .flatMap(spelling -> companies.find(tenant, environment, spelling).stream())
                .findFirst();
    }

    private static Optional<String> companyName(List<String> segments) {
        String name = segments.get(COMPANY_SEGMENT);
        boolean listOfCompanies = segments.size() == COMPANY_SEGMENT + 1 && name.equalsIgnoreCase(COMPANIES);
        return listOfCompanies ? Optional.empty() : Optional.of(name);
    }

    private static UUID tenant(List<String> segments) {
        return Fields.uuid(segments.getFirst()).orElseThrow(() -> new Problem(WebProblem.SAAS_TENANT_NOT_FOUND));
    }
}
