package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import java.util.List;
import java.util.UUID;
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
        int stamped = STAMPED_AT_ONCE_MAX;
        while (stamped == STAMPED_AT_ONCE_MAX) {
            stamped = transactions.separately(company, transaction -> stampOnce(company));
        }
    }

    private int stampOnce(CompanyId company) {
        if (!store.hasUnstamped(company)) {
            return 0;
        }
        long head = store.lockHead(company);
        int stamped = store.stamp(company, head, STAMPED_AT_ONCE_MAX);
        if (stamped > 0) {
            store.deleteSuperseded(company, head);
        }
        return stamped;
    }

    /**
     * Whether a consumer may go on from this position. Not if a database handed it out that was lost and replaced from
     * a backup: what came before it there is not what comes before it here.
     */
    public boolean honours(CompanyTransaction transaction, long position) {
        return store.honours(transaction, position);
    }

    /** The last position that was handed out. */
    long headPosition(CompanyTransaction transaction) {
        return store.head(transaction);
    }

    /** Rows of one list that changed after the position, each once, by position. */
    public List<Change> after(CompanyTransaction transaction, ChangeKind kind, UUID scope, long after, int max) {
        return store.after(transaction, kind, scope, after, max);
    }

    ChangeStore.Backlog backlog() {
        return transactions.acrossCompanies(store::backlog);
    }

    List<CompanyId> companiesBehind() {
        return transactions.acrossCompanies(store::companiesWithUnstamped);
    }
}
