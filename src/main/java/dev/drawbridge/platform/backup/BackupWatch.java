package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.backup.LastBackupStore.Kind;
import dev.drawbridge.platform.database.Transactions;
import org.springframework.stereotype.Component;

/** Looks whether a lost disk would cost more than it should. */
@Component
class BackupWatch {

    /**
     * PostgreSQL's archive of its write-ahead log.
     *
     * @param failingSeconds how long nothing has come into it while something should; 0 while that works
     * @param waitingFiles how many finished files are not in it
     */
    record Archive(double failingSeconds, long waitingFiles) {}

    record State(double filesAgeSeconds, double rowsAgeSeconds, Archive archive) {

        static final State UNKNOWN = new State(0, 0, new Archive(0, 0));
    }

    private final Transactions transactions;
    private final LastBackupStore store;

    BackupWatch(Transactions transactions, LastBackupStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    State state() {
        return transactions.acrossCompanies(
                () -> new State(store.ageSeconds(Kind.FILES), store.ageSeconds(Kind.ROWS), store.archive()));
    }
}
