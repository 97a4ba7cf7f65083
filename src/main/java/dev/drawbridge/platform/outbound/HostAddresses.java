package dev.drawbridge.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final int THREADS = 16;
    private static final int WAITING_MAX = 256;

    private final Resolver resolver;

    /** Threads of the platform: a look-up blocks in native code. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("host-look-up-", 1).factory());

    HostAddresses(Resolver resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws UnknownHostException where there are none, or none that are known in time */
    List<InetAddress> of(String host) throws UnknownHostException {
        Future<InetAddress[]> found = null;
        try {
            found = threads.submit(() -> resolver.resolve(host));
            return List.of(found.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | RejectedExecutionException unknown) {
            throw unknown(host);
        } catch (TimeoutException late) {
            found.cancel(true);
            throw unknown(host);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unknown(host);
        }
    }

    private static UnknownHostException unknown(String host) {
        return new UnknownHostException(host);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
