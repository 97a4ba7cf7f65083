package dev.drawbridge.setup;

import dev.drawbridge.platform.access.CompanyBlock;
import dev.drawbridge.platform.definitions.Definition;
import java.util.List;

/**
 * A setup that may be applied.
 *
 * @param companyJson the {@code company} block as it was written
 * @param entries of all lists, each with its place in its list
 */
record ValidSetup(CompanyBlock company, String companyJson, List<Definition> entries) {

    ValidSetup {
        entries = List.copyOf(entries);
    }
}
