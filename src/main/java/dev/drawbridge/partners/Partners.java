package dev.drawbridge.partners;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Stored;
import dev.drawbridge.platform.web.Violations;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The partners of a company. */
@Component
public class Partners {

    private final Snapshots<Map<PartnerId, Partner>> snapshots;

    Partners(DefinitionStore definitions) {
        this.snapshots = new Snapshots<>(definitions::setupVersion, transaction -> load(definitions, transaction));
    }

    public Optional<Partner> find(CompanyTransaction transaction, PartnerId id) {
        return Optional.ofNullable(snapshots.of(transaction).get(id));
    }

    /** In the order of the setup. */
    public Collection<Partner> all(CompanyTransaction transaction) {
        return snapshots.of(transaction).values();
    }

    /** Reads an entry of the setup's list {@code partners}; empty without a readable id. */
    public static Optional<Partner> read(Fields fields) {
        return PartnerFields.read(fields);
    }

    /** What partners must not have in common, and what they refer to. */
    public static void crossCheck(List<Located<Partner>> partners, Set<String> designKeys, Violations violations) {
        PartnerFields.crossCheck(partners, designKeys, violations);
    }

    /**
     * That no partner takes over the prefix of one that the document leaves out and that stays: two would share it.
     *
     * @param kept the entries that stay, as stored
     * @param partners of the document
     */
    public static void refusePrefixesOf(
            Collection<Definition> kept, List<Located<Partner>> partners, Violations violations) {
        PartnerFields.refusePrefixesOf(kept.stream().map(Partners::read).toList(), partners, violations);
    }

    /** A stored entry. */
    public static Partner read(Definition definition) {
        return Stored.read(definition.json(), Partners::read);
    }

    private static Map<PartnerId, Partner> load(DefinitionStore definitions, CompanyTransaction transaction) {
        Map<PartnerId, Partner> partners = new LinkedHashMap<>();
        definitions.all(transaction, DefinitionKind.PARTNER).stream()
                .map(Partners::read)
                .forEach(partner -> partners.put(partner.id(), partner));
        return Collections.unmodifiableMap(partners);
    }
}
