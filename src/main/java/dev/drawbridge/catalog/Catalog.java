package dev.drawbridge.catalog;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.Violations;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a company sells. */
@org.springframework.stereotype.Component // the catalog has a Component of its own
public class Catalog {

    private final Snapshots<CatalogSnapshot> snapshots;

    Catalog(DefinitionStore definitions) {
        this.snapshots = new Snapshots<>(
                definitions::setupVersion,
                transaction -> new CatalogSnapshot(definitions.all(transaction, DefinitionKind.ITEM).stream()
                        .map(definition -> Stored.read(definition.json(), Catalog::readItem))
                        .toList()));
    }

    public CatalogSnapshot of(CompanyTransaction transaction) {
        return snapshots.of(transaction);
    }

    /** Reads an entry of the setup's list {@code items}; empty without a readable number. */
    public static Optional<Item> readItem(Fields fields) {
        return ItemFields.read(fields);
    }

    /**
     * What items must not be to one another: a bundle in a bundle that is for sale, a component twice, a
     * component or ticket type that is not there, a price rule for a partner that is not there.
     *
     * @param items all of the document that could be read, also those with violations of their own
     */
    public static void crossCheck(
            List<Located<Item>> items, Set<String> ticketTypeKeys, Set<String> partnerKeys, Violations violations) {
        new ItemReferences(items, ticketTypeKeys, partnerKeys, violations).check();
    }
}
