package dev.drawbridge.platform.database;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens transactions. A serialization failure, deadlock or lock time-out runs the whole transaction again, at most
 * {@value #ATTEMPTS_MAX} times; a COMMIT whose outcome is unknown is never repeated ({@link CommitUnknown}).
 */
@Component
public class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS_MAX = 5;
    private static final int BACKOFF_MILLIS = 20;

    private final TransactionTemplate joining;
    private final TransactionTemplate separate;
    private final TransactionTemplate reading;
    private final TransactionStore store;
    private final ConnectionShare share;

    Transactions(PlatformTransactionManager manager, TransactionStore store, DatabaseSettings settings) {
        this.joining = new TransactionTemplate(manager);
        this.separate = new TransactionTemplate(manager);
        this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.store = store;
        this.share = new ConnectionShare(settings.poolSize());
    }

    /** Runs the work on one company's rows; joins the transaction that this thread has open on the same company. */
    public <T extends @Nullable Object> T inCompany(CompanyId company, Function<CompanyTransaction, T> work) {
        if (TransactionSynchronizationManager.getResource(this) instanceof CompanyTransaction open) {
            if (!open.company().equals(company)) {
                throw new IllegalStateException(
                        "A transaction on company " + open.company() + " cannot turn to company " + company);
            }
            return work.apply(open);
        }
        return retrying(joining, () -> {
            CompanyTransaction transaction = store.begin(company);
            TransactionSynchronizationManager.bindResource(this, transaction);
            try {
                return work.apply(transaction);
            } finally {
                TransactionSynchronizationManager.unbindResource(this);
            }
        });
    }

    /** Reads one company's rows as they were at one moment, whatever is committed meanwhile; nothing can be written. */
    public <T extends @Nullable Object> T readInCompany(CompanyId company, Function<CompanyTransaction, T> work) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? inCompany(company, work)
                : retrying(reading, () -> work.apply(store.begin(company)));
    }

    /** Runs the work on rows that belong to no single company: the directory, the claim columns of jobs. */
    public <T extends @Nullable Object> T acrossCompanies(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        return retrying(joining, work);
    }

    /** Runs the work in a transaction of its own, whatever this thread has open: series hand out blocks this way. */
    public <T extends @Nullable Object> T separately(CompanyId company, Function<CompanyTransaction, T> work) {
        return retrying(separate, () -> work.apply(store.begin(company)));
    }

    /** Runs the action once this thread's transaction is committed, and not at all if it is rolled back. */
    public void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    private <T extends @Nullable Object> T retrying(TransactionTemplate template, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return TransactionSynchronizationManager.isActualTransactionActive()
                        ? once(template, work)
                        : share.holdingOne(() -> once(template, work));
            } catch (ConcurrencyFailureException failure) {
                if (attempt == ATTEMPTS_MAX) {
                    throw failure;
                }
                LOG.atInfo()
                        .addKeyValue("attempt", attempt)
                        .log("tx_retry {}", failure.getClass().getSimpleName());
                pause(attempt);
            }
        }
    }

    private static <T extends @Nullable Object> T once(TransactionTemplate template, Supplier<T> work) {
        var worked = new AtomicBoolean();
        try {
            return template.execute(status -> {
                T result = work.get();
                worked.set(true);
                return result;
            });
        } catch (ConcurrencyFailureException refusedAtCommit) {
            throw refusedAtCommit;
        } catch (DataAccessException | TransactionException failure) {
            if (worked.get()) {
                throw new CommitUnknown(failure);
            }
            throw failure;
        }
    }

    /** Full jitter: rivals that met once should not meet again. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, (long) BACKOFF_MILLIS << attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting to run a transaction again", interrupted);
        }
    }
}
