package dev.drawbridge.setup;

import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.definitions.DefinitionStore;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Violations;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Brings a company's stored entries in line with those of a document, within a transaction of the use case. */
@Component
class SetupEntries {

    /** With the company's row and the audit entry within 1,000 rows a transaction. */
    static final int ROWS_MAX = 990;

    /**
     * What was found out before the company was locked.
     *
     * @param asked entries that the document leaves out
     * @param referredTo those of them that something outside the setup refers to
     */
    record LeftOut(Set<EntryKey> asked, Set<EntryKey> referredTo) {}

    /** What refers to one of these never goes: tickets and coupons stay on record when they are voided. */
    private static final Set<DefinitionKind> FOR_EVER =
            EnumSet.of(DefinitionKind.TICKET_TYPE, DefinitionKind.COUPON_TYPE, DefinitionKind.ITEM);

    private final Transactions transactions;
    private final Companies companies;
    private final DefinitionStore definitions;
    private final SetupReferences references;
    private final JsonMapper json;

    SetupEntries(
            Transactions transactions,
            Companies companies,
            DefinitionStore definitions,
            SetupReferences references,
            JsonMapper json) {
        this.transactions = transactions;
        this.companies = companies;
        this.definitions = definitions;
        this.references = references;
        this.json = json;
    }

    /**
     * Looks for references, which may take long in a company with many orders, and locks nothing. Not within a
     * transaction: it is several short ones.
     */
    LeftOut leftOut(CompanyId company, List<Definition> wanted) {
        Set<EntryKey> referredTo = new HashSet<>();
        Set<EntryKey> asked = transactions.inCompany(company, open -> {
            Set<EntryKey> leftOut = new SetupComparison(stored(open), wanted, json).leftOut();
            if (!leftOut.isEmpty()) {
                referredTo.addAll(kept(open));
                referredTo.retainAll(leftOut);
            }
            return leftOut;
        });
        Set<EntryKey> unknown = new HashSet<>(asked);
        unknown.removeAll(referredTo);
        referredTo.addAll(references.referredTo(company, unknown));
        return new LeftOut(asked, referredTo);
    }

    private Set<EntryKey> kept(CompanyTransaction open) {
        return FOR_EVER.stream()
                .flatMap(kind -> definitions.kept(open, kind).stream().map(key -> new EntryKey(kind, key)))
                .collect(Collectors.toSet());
    }

    /** Notes of as many as the transaction may write what need not be asked again. */
    private void keep(CompanyTransaction open, List<Definition> needed, int max) {
        Set<EntryKey> known = kept(open);
        Map<DefinitionKind, List<Definition>> unknown = needed.stream()
                .filter(entry -> FOR_EVER.contains(entry.kind()) && !known.contains(EntryKey.of(entry)))
                .limit(max)
                .collect(Collectors.groupingBy(Definition::kind));
        unknown.forEach((kind, entries) -> definitions.keep(
                open, kind, entries.stream().map(Definition::key).toList()));
    }

    /**
     * Writes the first {@value #ROWS_MAX} rows of what differs; the company's row must be locked. Ends with
     * {@code validation_failed} where the document cannot stand beside what it leaves out and what stays.
     *
     * @param settled entries that an earlier call left to be removed, after everybody who knew them as live has ended
     */
    SetupChanges apply(CompanyTransaction open, List<Definition> wanted, LeftOut known, Set<EntryKey> settled) {
        var comparison = new SetupComparison(stored(open), wanted, json);
        Set<EntryKey> addedMeanwhile = comparison.leftOut();
        addedMeanwhile.removeAll(known.asked());
        Set<EntryKey> referredTo = new HashSet<>(known.referredTo());
        referredTo.addAll(references.referredTo(open.company(), addedMeanwhile));
        List<Definition> kept = comparison.kept(referredTo);
        refuseConflicts(wanted, kept);
        SetupChanges changes = comparison.changes(referredTo, settled);
        SetupChanges first = changes.first(ROWS_MAX);
        write(open, first);
        keep(open, kept, ROWS_MAX - first.rows());
        return changes;
    }

    private static void refuseConflicts(List<Definition> wanted, List<Definition> kept) {
        List<Definition> keptPartners = ofKind(DefinitionKind.PARTNER, kept);
        if (keptPartners.isEmpty()) {
            return;
        }
        var violations = new Violations();
        List<Located<Partner>> partners = ofKind(DefinitionKind.PARTNER, wanted).stream()
                .map(entry -> new Located<>(
                        "/" + SetupList.PARTNERS.property() + "/" + entry.position(), Partners.read(entry)))
                .toList();
        Partners.refusePrefixesOf(keptPartners, partners, violations);
        violations.throwIfAny();
    }

    private static List<Definition> ofKind(DefinitionKind kind, List<Definition> entries) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    private void write(CompanyTransaction open, SetupChanges changes) {
        if (changes.rows() == 0) {
            return;
        }
        definitions.put(open, changes.written());
        Map<DefinitionKind, List<Definition>> removed =
                changes.removed().stream().collect(Collectors.groupingBy(Definition::kind));
        removed.forEach((kind, entries) -> definitions.remove(
                open, kind, entries.stream().map(Definition::key).toList()));
        companies.raiseSetupVersion(open);
    }

    private List<Definition> stored(CompanyTransaction open) {
        return Arrays.stream(DefinitionKind.values())
                .flatMap(kind -> definitions.all(open, kind).stream())
                .toList();
    }
}
