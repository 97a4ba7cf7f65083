package dev.drawbridge.setup;

import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Where a company is: tenant, environment and name as a request's path has them. The {@code company} block must name
 * the same place.
 */
final class CompanyPlace {

    /** For a file that is applied at the start: there is no path. */
    static final CompanyPlace ANYWHERE = new CompanyPlace(Optional.empty());

    /** @param names spellings of the one name, never the company's id */
    private record Segments(UUID tenant, String environment, List<String> names) {}

    private final Optional<Segments> segments;

    private CompanyPlace(Optional<Segments> segments) {
        this.segments = segments;
    }

    static CompanyPlace of(Company company) {
        return at(company.tenant(), company.environment(), List.of(company.name()));
    }

    /** @param names spellings of the one name, never the company's id */
    static CompanyPlace at(UUID tenant, String environment, List<String> names) {
        return new CompanyPlace(Optional.of(new Segments(tenant, environment, List.copyOf(names))));
    }

    void check(JsonNode block, Violations violations) {
        if (segments.isEmpty()) {
            return;
        }
        Segments path = segments.get();
        boolean sameTenant = Fields.uuid(block.path("tenant").asString(""))
                .map(path.tenant()::equals)
                .orElse(true);
        if (!sameTenant) {
            refuse("tenant", violations);
        }
        if (differs(block.path("environment"), path.environment())) {
            refuse("environment", violations);
        }
        if (path.names().stream().allMatch(name -> differs(block.path("name"), name))) {
            refuse("name", violations);
        }
    }

    private static boolean differs(JsonNode written, String segment) {
        return written.isString() && !ComparisonKey.of(written.stringValue()).equals(ComparisonKey.of(segment));
    }

    private static void refuse(String field, Violations violations) {
        violations.add(
                "/company/" + field,
                ViolationCode.CONFLICT,
                "The address of the request names another " + field + "; make both the same.");
    }
}
