package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.ComparisonKey;
import java.util.UUID;

/** A company as the directory knows it: where it lives in the path, and what it is called. */
public record Company(CompanyId id, UUID tenant, String environment, String name, String displayName) {

    public boolean isIn(String environmentInAnyCase) {
        return ComparisonKey.of(environment).equals(ComparisonKey.of(environmentInAnyCase));
    }

    /** Whether this is its name, in any case, or its id. */
    public boolean isCalled(String nameOrId) {
        return ComparisonKey.of(name).equals(ComparisonKey.of(nameOrId))
                || id.toString().equalsIgnoreCase(nameOrId);
    }
}
