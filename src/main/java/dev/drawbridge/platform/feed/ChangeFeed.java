package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The change feed of each company: what changed after a position, so that a consumer who repeats the question misses
 * no row and sees every row's last state. Positions are handed out behind the oldest open transaction, by one sequencer
 * at a time; a number taken while writing would let a slow writer's row appear behind a reader who has passed it.
 */
@Component
public class ChangeFeed {

    private static final int STAMPED_AT_ONCE_MAX = 1_000;

    private final Transactions transactions;
    private final ChangeStore store;

    ChangeFeed(Transactions transactions, ChangeStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /**
     * Hands out positions until no change is left that can have one, in transactions of its own. A reader who does this
     * first sees what was committed before, unless an older transaction is still open.
     */
    public void stamp(CompanyId company) {
        stamp(company, () -> Optional.of(store.lockHead(company)));
    }

    /**
     * As {@link #stamp}, for whoever has other companies to see to: leaves a company alone where somebody is at it, who
     * may stand still.
     */
    void stampUnlessBusy(CompanyId company) {
        stamp(company, () -> store.tryLockHead(company));
    }

    private void stamp(CompanyId company, Supplier<Optional<Long>> lockedHead) {
        int stamped = STAMPED_AT_ONCE_MAX;
        while (stamped == STAMPED_AT_ONCE_MAX) {
            stamped = transactions.separately(
                    company,
                    transaction -> store.hasUnstamped(company)
                            ? lockedHead
                                    .get()
                                    .map(head -> stampAfter(company, head))
                                    .orElse(0)
                            : 0);
        }
    }

    private int stampAfter(CompanyId company, long head) {
        FaultPoint.hit("sequencer-after-select");
        List<UUID> stamped = store.stamp(company, head, STAMPED_AT_ONCE_MAX);
        if (!stamped.isEmpty()) {
            store.deleteSuperseded(Set.copyOf(stamped));
        }
        FaultPoint.hit("sequencer-before-commit");
        return stamped.size();
    }

    /**
     * The list's entries that changed after the position, by position; each once, as it is now.
     *
     * @param rows reads those of these rows that there are
     * @throws Problem {@code resync_required} for a position that this database never handed out
     */
    public <T> List<Changed<T>> changed(
            FeedList list, long after, int max, BiFunction<CompanyTransaction, List<UUID>, Map<UUID, T>> rows) {
        stamp(list.company());
        return transactions.inCompany(list.company(), transaction -> {
            if (!honours(transaction, after)) {
                throw new Problem(WebProblem.RESYNC_REQUIRED);
            }
            List<Change> changes = after(transaction, list, after, max);
            Map<UUID, T> there = rows.apply(
                    transaction,
                    changes.stream()
                            .filter(change -> !change.deleted())
                            .map(Change::rowId)
                            .toList());
            return changes.stream()
                    .map(change -> new Changed<>(
                            change.rowId(), change.position(), Optional.ofNullable(there.get(change.rowId()))))
                    .toList();
        });
    }

    /**
     * Whether a consumer may go on from this position. Not if a database handed it out that was lost and replaced from
     * a backup: what came before it there is not what comes before it here.
     */
    boolean honours(CompanyTransaction transaction, long position) {
        return store.honours(transaction, position);
    }

    /** The last position that was handed out. */
    long headPosition(CompanyTransaction transaction) {
        return store.head(transaction);
    }

    /** Rows of one list that changed after the position, each once, by position. */
    List<Change> after(CompanyTransaction transaction, FeedList list, long after, int max) {
        return store.after(transaction, list, after, max);
    }

    ChangeStore.Backlog backlog() {
        return transactions.acrossCompanies(store::backlog);
    }

    List<CompanyId> companiesBehind() {
        return transactions.acrossCompanies(store::companiesWithUnstamped);
    }
}
