package dev.drawbridge.invariants;

import dev.drawbridge.invariants.Invariant.Part;
import dev.drawbridge.invariants.InvariantStore.Standing;
import dev.drawbridge.invariants.InvariantStore.Walk;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Asks one invariant of one company at a time, in parts: each is a short transaction that only reads, of one snapshot.
 * Whatever is found is counted and logged, and left as it is: what a person has to understand first, no program mends.
 */
@Component
class InvariantChecking {

    /** Each check of each company begins so often, whatever the number of nodes. */
    static final Duration EVERY = Duration.ofMinutes(10);

    /** Then the walk goes on the next time: eleven checks cost a company a connection for 22 s in ten minutes. */
    private static final Duration RUN_MAX = Duration.ofSeconds(2);

    /** A part takes milliseconds; one that takes this long has met a plan that nobody foresaw. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(3);

    private static final int IDS_LOGGED_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(InvariantChecking.class);

    private final Transactions transactions;
    private final Companies companies;
    private final Invariants invariants;
    private final InvariantStore store;

    InvariantChecking(Transactions transactions, Companies companies, Invariants invariants, InvariantStore store) {
        this.transactions = transactions;
        this.companies = companies;
        this.invariants = invariants;
        this.store = store;
    }

    /** What is new gets its checks. */
    void addMissing() {
        transactions.acrossCompanies(() -> {
            store.add(companies.all(), invariants.names(), EVERY);
            return EVERY;
        });
    }

    /** Goes on with the check that is due for longest; false: none was. */
    boolean checkNext() {
        Optional<Walk> due = transactions.acrossCompanies(() -> store.claimDue(invariants.names(), EVERY));
        due.ifPresent(this::goOn);
        return due.isPresent();
    }

    List<Standing> standings() {
        return transactions.acrossCompanies(() -> store.standings(invariants.names()));
    }

    /** A check that fails is due again in its turn; the others must not wait for it. */
    void goOn(Walk walk) {
        try {
            run(walk);
        } catch (DataAccessException failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("check", walk.name())
                    .addKeyValue("company", walk.company())
                    .log("invariant_unanswered: asked again in {}", EVERY);
        }
    }

    private void run(Walk walk) {
        Invariant invariant = invariants.named(walk.name());
        List<UUID> violating = new ArrayList<>();
        long began = System.nanoTime();
        if (!walk.after().equals(Invariant.START)) {
            // So many rows that one run does not see them all: the latest are seen in each.
            Part latest = part(walk, invariant, InvariantChecking::latest);
            violating.addAll(latest.violating());
            goOn(walk, invariant, latest.last(), violating, began + RUN_MAX.toNanos() / 2);
        }
        Optional<UUID> next = goOn(walk, invariant, Optional.of(walk.after()), violating, began + RUN_MAX.toNanos());
        int found = walk.found() + violating.size();
        Walk walked = next.map(last -> new Walk(walk.company(), walk.name(), last, found, walk.foundBefore()))
                .orElseGet(() -> new Walk(walk.company(), walk.name(), Invariant.START, 0, found));
        transactions.inCompany(walk.company(), transaction -> {
            store.answered(transaction, walked);
            return walked;
        });
        if (!violating.isEmpty()) {
            LOG.atError()
                    .addKeyValue("check", walk.name())
                    .addKeyValue("company", walk.company())
                    .addKeyValue("count", violating.size())
                    .addKeyValue("ids", violating.stream().limit(IDS_LOGGED_MAX).toList())
                    .log("invariant_violated: rows contradict each other; see docs/operations.md");
        }
    }

    /** At least one part; answers where the next one begins. */
    private Optional<UUID> goOn(
            Walk walk, Invariant invariant, Optional<UUID> after, List<UUID> violating, long deadline) {
        Optional<UUID> next = after;
        do {
            if (next.isEmpty()) {
                return next;
            }
            UUID reached = next.get();
            Part part = part(walk, invariant, transaction -> reached);
            violating.addAll(part.violating());
            next = part.last();
        } while (System.nanoTime() - deadline < 0);
        return next;
    }

    private Part part(Walk walk, Invariant invariant, Function<CompanyTransaction, UUID> after) {
        return transactions.readInCompany(walk.company(), transaction -> {
            store.limit(STATEMENT_MAX);
            return invariant.question().next(transaction, after.apply(transaction));
        });
    }

    /**
     * Before all ids that were made since the run before; they begin with their time, which is that of the node that
     * made them. Of a node whose clock is more than ten minutes slow they are not among the latest, and are seen when
     * the walk comes to them.
     */
    private static UUID latest(CompanyTransaction transaction) {
        long millis = transaction.now().minus(EVERY.multipliedBy(2)).toEpochMilli();
        return new UUID(millis << 16, 0);
    }
}
