package dev.drawbridge.platform.database;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Leaves a few of the pool's connections to transactions that are opened inside others. Without them, as many
 * transactions as there are connections could each wait for a second one, all of them in vain.
 */
final class ConnectionShare {

    /** Of so many connections one is kept back. An inner transaction is a single statement, so few go a long way. */
    private static final int CONNECTIONS_PER_RESERVED = 8;

    /** As long as the pool itself lets wait for a connection: the caller is asked to come again. */
    private static final int WAIT_SECONDS_MAX = 2;

    private final Semaphore free;

    ConnectionShare(int poolSize) {
        this.free = new Semaphore(poolSize - Math.max(1, poolSize / CONNECTIONS_PER_RESERVED), true);
    }

    <T extends @Nullable Object> T holdingOne(Supplier<T> work) {
        if (!acquired()) {
            throw new CannotCreateTransactionException("No connection became free in " + WAIT_SECONDS_MAX + " s");
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private boolean acquired() {
        try {
            return free.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
