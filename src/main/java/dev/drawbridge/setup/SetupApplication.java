package dev.drawbridge.setup;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.CompanyBlock;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.ticketing.SlotPlanning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a company what a document says. Small changes are one transaction; more than {@value SetupEntries#ROWS_MAX}
 * rows are several, in an order in which nothing ever refers to what is not there, because a long transaction holds up
 * the change feed. Each of them compares anew under the lock of the company's row, so whoever was interrupted can send
 * the same document again. Of documents for one company this node applies one after the other.
 */
@Component
class SetupApplication {

    /** Enough for every list at its bound, all of it new, with as many entries to remove. */
    private static final int TRANSACTIONS_MAX = 100;

    /** Companies that share one wait for each other. */
    private static final int TURNS = 64;

    /** Who waits holds one of the few requests that the server works on at once, so nobody waits for long. */
    private static final Duration TURN_COMES_WITHIN = Duration.ofSeconds(3);

    /** Transactions are short; one that takes longer than this costs us no more than a retired entry that could go. */
    private static final Duration OTHERS_END_WITHIN = Duration.ofSeconds(5);

    private static final Map<String, String> SOON = Map.of("Retry-After", "5");
    private static final String ANOTHER_IS_APPLIED =
            "Another setup of this company is being applied; wait as long as the header Retry-After says.";

    record Applied(boolean companyIsNew, SetupOutcome outcome) {}

    /**
     * One transaction of the application.
     *
     * @param outcome of the whole, as seen from it
     * @param removed how many it removed itself
     * @param setupVersion that it left behind
     */
    private record Step(
            SetupOutcome outcome, Set<EntryKey> toBeRemoved, int removed, long setupVersion, boolean hasMore) {

        Step withoutMore() {
            return new Step(outcome, toBeRemoved, 0, setupVersion, false);
        }
    }

    private final Transactions transactions;
    private final Companies companies;
    private final SetupEntries entries;
    private final SlotPlanning slots;
    private final AuditLog audit;
    private final JsonMapper json;
    private final List<Lock> turns =
            Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

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

    /**
     * Applies the document; the slots that it asks for exist when this returns. Not within a transaction.
     *
     * @throws Problem {@code overloaded} while another document for the company takes long
     */
    Applied apply(ValidSetup setup, Caller caller) {
        Lock turn = turn(setup.company());
        if (!comesSoon(turn)) {
            throw new Problem(WebProblem.OVERLOADED, ANOTHER_IS_APPLIED, List.of(), SOON);
        }
        try {
            return applyInTurn(setup, caller);
        } finally {
            turn.unlock();
        }
    }

    private Lock turn(CompanyBlock company) {
        int hash = Objects.hash(
                company.tenant(), ComparisonKey.of(company.environment()), ComparisonKey.of(company.name()));
        return turns.get(Math.floorMod(hash, TURNS));
    }

    private static boolean comesSoon(Lock turn) {
        try {
            return turn.tryLock(TURN_COMES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Applied applyInTurn(ValidSetup setup, Caller caller) {
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
        SetupEntries.LeftOut leftOut = entries.leftOut(company, setup.entries());
        Step first = transactions.inCompany(company, open -> {
            Step step = step(open, setup, leftOut, Set.of());
            audit.record(
                    open,
                    caller,
                    "setup_applied",
                    company.toString(),
                    step.outcome().byName());
            return step;
        });
        Step last = first;
        for (int count = 1; last.hasMore(); count++) {
            if (count == TRANSACTIONS_MAX) {
                throw new Problem(WebProblem.OVERLOADED, SOON);
            }
            last = transactions.inCompany(company, open -> step(open, setup, leftOut, Set.of()));
        }
        int kept = remove(setup, company, last);
        slots.plan(company);
        return first.outcome().keeping(kept);
    }

    /**
     * Removes what was retired for that, once everybody has ended who may still take it for live.
     *
     * @return how many stay retired: somebody refers to them by now, or another document came in between
     */
    private int remove(ValidSetup setup, CompanyId company, Step applied) {
        Set<EntryKey> left = applied.toBeRemoved();
        if (left.isEmpty() || !transactions.awaitEarlier(OTHERS_END_WITHIN)) {
            return left.size();
        }
        // Whoever took them for live has ended, so what nothing refers to now nothing ever will.
        SetupEntries.LeftOut leftOut = entries.leftOut(company, setup.entries());
        int removed = 0;
        Step latest = applied;
        do {
            Step before = latest;
            latest = transactions.inCompany(company, open -> removal(open, setup, before, leftOut, left));
            removed += latest.removed();
        } while (latest.hasMore());
        return left.size() - removed;
    }

    private Step removal(
            CompanyTransaction open,
            ValidSetup setup,
            Step before,
            SetupEntries.LeftOut leftOut,
            Set<EntryKey> settled) {
        companies.lockSettings(open);
        boolean overtaken = companies.setupVersion(open) != before.setupVersion();
        return overtaken ? before.withoutMore() : step(open, setup, leftOut, settled);
    }

    private Step step(CompanyTransaction open, ValidSetup setup, SetupEntries.LeftOut leftOut, Set<EntryKey> settled) {
        SetupOutcome company = applyCompany(open, setup);
        SetupChanges changes = entries.apply(open, setup.entries(), leftOut, settled);
        SetupChanges done = changes.first(SetupEntries.ROWS_MAX);
        return new Step(
                company.plus(changes.outcome()),
                changes.toBeRemoved(),
                done.removed().size(),
                companies.setupVersion(open),
                changes.rows() > done.rows());
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
