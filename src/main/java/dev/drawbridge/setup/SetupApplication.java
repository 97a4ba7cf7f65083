package dev.drawbridge.setup;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.CompanyBlock;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.ticketing.SlotPlanning;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a company what a document says. Small changes are one transaction; more than {@value SetupEntries#ROWS_MAX}
 * rows are several, in an order in which nothing ever refers to what is not there, because a long transaction holds up
 * the change feed. Each of them compares anew under the lock of the company's row, so whoever was interrupted can send
 * the same document again, and of two documents at once one is applied after the other.
 */
@Component
class SetupApplication {

    /** Enough for every list at its bound, all of it new, with as many entries to remove. */
    private static final int TRANSACTIONS_MAX = 100;

    record Applied(boolean companyIsNew, SetupOutcome outcome) {}

    private record Step(SetupOutcome outcome, boolean isLast) {}

    private final Transactions transactions;
    private final Companies companies;
    private final SetupEntries entries;
    private final SlotPlanning slots;
    private final AuditLog audit;
    private final JsonMapper json;

    SetupApplication(
            Transactions transactions,
            Companies companies,
            SetupEntries entries,
            SlotPlanning slots,
            AuditLog audit,
            JsonMapper json) {
        this.transactions = transactions;
        this.companies = companies;
        this.entries = entries;
        this.slots = slots;
        this.audit = audit;
        this.json = json;
    }

    /** Applies the document; the slots that it asks for exist when this returns. Not within a transaction. */
    Applied apply(ValidSetup setup, Caller caller) {
        Optional<CompanyId> existing = find(setup.company());
        if (existing.isPresent()) {
            return new Applied(false, apply(setup, existing.get(), caller));
        }
        try {
            return new Applied(true, apply(setup, new CompanyId(RowIds.next()), caller));
        } catch (DuplicateKeyException madeByARival) {
            CompanyId company = find(setup.company()).orElseThrow(() -> madeByARival);
            return new Applied(false, apply(setup, company, caller));
        }
    }

    private Optional<CompanyId> find(CompanyBlock block) {
        return companies
                .findNow(block.tenant(), block.environment(), block.name())
                .map(Company::id);
    }

    private SetupOutcome apply(ValidSetup setup, CompanyId company, Caller caller) {
        Step first = transactions.inCompany(company, open -> {
            Step step = step(open, setup);
            audit.record(
                    open,
                    caller,
                    "setup_applied",
                    company.toString(),
                    step.outcome().byName());
            return step;
        });
        Step latest = first;
        for (int count = 1; !latest.isLast(); count++) {
            if (count == TRANSACTIONS_MAX) {
                throw new Problem(WebProblem.OVERLOADED, Map.of("Retry-After", "5"));
            }
            latest = transactions.inCompany(company, open -> step(open, setup));
        }
        slots.plan(company);
        return first.outcome();
    }

    private Step step(CompanyTransaction open, ValidSetup setup) {
        SetupEntries.LeftOut leftOut = entries.leftOut(open, setup.entries());
        SetupOutcome company = applyCompany(open, setup);
        SetupChanges changes = entries.apply(open, setup.entries(), leftOut);
        return new Step(company.plus(changes.outcome()), changes.rows() <= SetupEntries.ROWS_MAX);
    }

    private SetupOutcome applyCompany(CompanyTransaction open, ValidSetup setup) {
        CompanyBlock block = setup.company();
        var company =
                new Company(open.company(), block.tenant(), block.environment(), block.name(), block.displayName());
        Optional<String> stored = companies.lockSettings(open);
        if (stored.isEmpty()) {
            companies.add(open, company, setup.companyJson());
            return SetupOutcome.CREATED;
        }
        if (EntryContent.same(json.readTree(stored.get()), json.readTree(setup.companyJson()))) {
            return SetupOutcome.UNCHANGED;
        }
        companies.change(open, company, setup.companyJson());
        return SetupOutcome.CHANGED;
    }
}
