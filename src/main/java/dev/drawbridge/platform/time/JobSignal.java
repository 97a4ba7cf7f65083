package dev.drawbridge.platform.time;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What a job's workers rest on: woken, stopped, or the interval over. */
final class JobSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int wakesMax;
    private int wakes;
    private boolean stopped;

    JobSignal(int workers) {
        this.wakesMax = workers;
    }

    /** A wake that nobody waits for is kept; more of them than workers say nothing new. */
    void wake() {
        lock.lock();
        try {
            wakes = Math.min(wakes + 1, wakesMax);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Takes one wake, if need be after waiting for it. */
    void rest(Duration longest) throws InterruptedException {
        await(longest, () -> stopped || wakes > 0);
    }

    /** As rest, but only a stop ends it early: a job that fails does not run more often because there is more to do. */
    void backOff(Duration time) throws InterruptedException {
        await(time, () -> stopped);
    }

    private void await(Duration longest, BooleanSupplier over) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = longest.toNanos();
            while (!over.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            wakes = Math.max(0, wakes - 1);
        } finally {
            lock.unlock();
        }
    }
}
