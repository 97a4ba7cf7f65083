package dev.drawbridge.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The addresses of a host name, asked of the system's resolver, which may hang: nobody waits longer than this. */
final class HostAddresses implements AutoCloseable {

    /** What asks the resolver; tests answer themselves. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Nothing is known of the host: none of our threads was free to ask for it in time. */
    static final class LookUpsBusy extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        LookUpsBusy(String host) {
            super(host);
        }
    }

    /**
     * One look-up per host: whoever asks for the same host meanwhile waits for it, so a name occupies one thread.
     */
    private final class LookUp extends FutureTask<InetAddress[]> {

        private final String host;
        private volatile boolean begun;

        LookUp(String host) {
            super(() -> resolver.resolve(host));
            this.host = host;
        }

        @Override
        public void run() {
            begun = true;
            long start = System.nanoTime();
            super.run();
            underWay.remove(host, this);
            remember(host, System.nanoTime() - start > SLOW.toNanos());
        }
    }

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    /** A name that takes longer is asked for by other threads the next time, few, which it shares with its like. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final int THREADS = 16;
    private static final int SLOW_THREADS = 4;
    private static final int WAITING_MAX = 256;
    private static final int SLOW_NAMES_MAX = 10_000;

    private final Resolver resolver;
    private final Duration waitMax;
    private final Map<String, LookUp> underWay = new ConcurrentHashMap<>();
    private final Set<String> slow = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = threads(THREADS, "host-look-up-");
    private final ThreadPoolExecutor slowThreads = threads(SLOW_THREADS, "slow-host-look-up-");

    HostAddresses(Resolver resolver) {
        this(resolver, WAIT_MAX);
    }

    HostAddresses(Resolver resolver, Duration waitMax) {
        this.resolver = resolver;
        this.waitMax = waitMax;
    }

    /** Of the platform: a look-up blocks in native code. */
    private static ThreadPoolExecutor threads(int count, String name) {
        var threads = new ThreadPoolExecutor(
                count,
                count,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name(name, 1).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * @throws LookUpsBusy where other hosts kept us from asking
     * @throws UnknownHostException where there are none, or none that are known in time
     */
    List<InetAddress> of(String host) throws UnknownHostException {
        LookUp lookUp = lookUp(host);
        try {
            return List.of(lookUp.get(waitMax.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException unknown) {
            throw new UnknownHostException(host);
        } catch (CancellationException | TimeoutException late) {
            throw lookUp.begun || slow.contains(host) ? new UnknownHostException(host) : new LookUpsBusy(host);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    /** The one that is under way, or a new one; cancelled if too many wait already. */
    private LookUp lookUp(String host) {
        var own = new LookUp(host);
        LookUp other = underWay.putIfAbsent(host, own);
        if (other != null) {
            return other;
        }
        try {
            (slow.contains(host) ? slowThreads : threads).execute(own);
        } catch (RejectedExecutionException full) {
            underWay.remove(host, own);
            own.cancel(false);
        }
        return own;
    }

    private void remember(String host, boolean isSlow) {
        if (!isSlow) {
            slow.remove(host);
        } else if (slow.size() < SLOW_NAMES_MAX) {
            slow.add(host);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        slowThreads.shutdownNow();
    }
}
