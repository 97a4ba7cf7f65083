package dev.drawbridge.platform.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens transactions. A lost race (serialization failure, deadlock, lock time-out) or a connection that is lost before
 * COMMIT runs the whole transaction again, at most {@value #ATTEMPTS_MAX} times in all; a COMMIT whose outcome is
 * unknown is never repeated ({@link CommitUnknown}). Only the outermost transaction is run again: when an inner one
 * fails, the outer one is lost with it.
 */
@Component
public class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS_MAX = 5;
    private static final int BACKOFF_MILLIS = 20;
    private static final Duration COMMIT_END_MAX = Duration.ofSeconds(5);

    private final TransactionTemplate joining;
    private final TransactionTemplate separate;
    private final TransactionTemplate reading;
    private final TransactionStore store;
    private final ConnectionShare share;
    private final MeterRegistry meters;
    private final Counter unknownCommits;

    Transactions(
            PlatformTransactionManager manager,
            TransactionStore store,
            DatabaseSettings settings,
            MeterRegistry meters) {
        this.joining = new TransactionTemplate(manager);
        this.separate = new TransactionTemplate(manager);
        this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.store = store;
        this.share = new ConnectionShare(settings.poolSize());
        this.meters = meters;
        this.unknownCommits = meters.counter("ocm.commit.unknown");
        SqlFailure.LOST_RACES.forEach(this::retries);
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
        return inTransaction(joining, () -> begun(company, work));
    }

    /**
     * As {@link #inCompany}; where the outcome of the COMMIT is unknown, the rows say what became of it. The result
     * stands if they have it; if not, nothing was stored, and the work runs again, once.
     *
     * @param stored whether the rows have this result; empty where they do not say it
     * @throws CommitUnknown when the rows do not say it, or not in time
     */
    public <T> T inCompanyResolved(
            CompanyId company,
            Function<CompanyTransaction, T> work,
            BiFunction<CompanyTransaction, T, Optional<Boolean>> stored) {
        var last = new AtomicReference<@Nullable T>();
        try {
            return inCompany(company, transaction -> {
                last.set(null);
                T result = work.apply(transaction);
                last.set(result);
                return result;
            });
        } catch (CommitUnknown unknown) {
            // The server may still be busy with that COMMIT; whoever looked now could see too little.
            if (TransactionSynchronizationManager.isActualTransactionActive() || !awaitEarlier(COMMIT_END_MAX)) {
                throw unknown;
            }
            T result = last.get();
            Optional<Boolean> done = result == null
                    ? Optional.of(false)
                    : inCompany(company, transaction -> stored.apply(transaction, result));
            LOG.warn("commit_resolved stored={}", done);
            boolean stands = done.orElseThrow(() -> unknown);
            return result != null && stands ? result : inCompany(company, work);
        }
    }

    /** Reads one company's rows as they were at one moment, whatever is committed meanwhile; nothing can be written. */
    public <T extends @Nullable Object> T readInCompany(CompanyId company, Function<CompanyTransaction, T> work) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? inCompany(company, work)
                : inTransaction(reading, () -> begun(company, work));
    }

    /** Runs the work on rows that belong to no single company: the directory, the claim columns of jobs. */
    public <T extends @Nullable Object> T acrossCompanies(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        return inTransaction(joining, work);
    }

    /** Runs the work in a transaction of its own, whatever this thread has open: series hand out blocks this way. */
    public <T extends @Nullable Object> T separately(CompanyId company, Function<CompanyTransaction, T> work) {
        return inTransaction(separate, () -> begun(company, work));
    }

    /** Runs the action once this thread's transaction is committed, and not at all if it is rolled back. */
    public void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    action.run();
                } catch (RuntimeException failure) {
                    // Not the caller's: what it asked for is stored.
                    LOG.error("after_commit failed", failure);
                }
            }
        });
    }

    /**
     * Waits until every transaction that is open now, on any node, has ended: whoever decided by what was committed
     * before has then committed as well. Not within a transaction.
     *
     * @return whether they ended in this time
     */
    public boolean awaitEarlier(Duration max) {
        long deadline = System.nanoTime() + max.toNanos();
        Set<String> earlier = acrossCompanies(store::openElsewhere);
        for (int attempt = 1; !earlier.isEmpty(); attempt++) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(Math.min(attempt, ATTEMPTS_MAX));
            Set<String> open = acrossCompanies(store::openElsewhere);
            earlier = earlier.stream().filter(open::contains).collect(Collectors.toSet());
        }
        return true;
    }

    /** Binds the transaction to the thread, so that who is called from here joins it; an outer one comes back after. */
    private <T extends @Nullable Object> T begun(CompanyId company, Function<CompanyTransaction, T> work) {
        CompanyTransaction transaction = store.begin(company);
        Object outer = TransactionSynchronizationManager.unbindResourceIfPossible(this);
        TransactionSynchronizationManager.bindResource(this, transaction);
        try {
            return work.apply(transaction);
        } finally {
            TransactionSynchronizationManager.unbindResource(this);
            if (outer != null) {
                TransactionSynchronizationManager.bindResource(this, outer);
            }
        }
    }

    private <T extends @Nullable Object> T inTransaction(TransactionTemplate template, Supplier<T> work) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return retrying(() -> share.holdingOne(() -> once(template, work)));
        }
        boolean joins = template.getPropagationBehavior() == TransactionDefinition.PROPAGATION_REQUIRED;
        return joins ? template.execute(status -> work.get()) : retrying(() -> once(template, work));
    }

    private <T extends @Nullable Object> T retrying(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (CommitUnknown | CannotCreateTransactionException notToBeRepeated) {
                throw notToBeRepeated;
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS_MAX
                        || !(SqlFailure.isLostRace(failure) || SqlFailure.isLostConnection(failure))) {
                    throw failure;
                }
                String state = SqlFailure.state(failure).orElse("none");
                retries(state).increment();
                LOG.info("tx_retry attempt={} sqlstate={}", attempt, state);
                pause(attempt);
            }
        }
    }

    private <T extends @Nullable Object> T once(TransactionTemplate template, Supplier<T> work) {
        var worked = new AtomicBoolean();
        try {
            return template.execute(status -> {
                T result = work.get();
                worked.set(true);
                return result;
            });
        } catch (UnexpectedRollbackException rolledBack) {
            throw rolledBack;
        } catch (DataAccessException | TransactionException failure) {
            if (worked.get() && !SqlFailure.isRefusedCommit(failure)) {
                unknownCommits.increment();
                throw new CommitUnknown(failure);
            }
            throw failure;
        }
    }

    private Counter retries(String sqlState) {
        return meters.counter("ocm.tx.retry", "sqlstate", sqlState);
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
