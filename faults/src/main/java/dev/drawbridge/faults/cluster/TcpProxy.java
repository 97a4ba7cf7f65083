package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection's way through loopback, which the nemesis can make slow, dead or treacherous. What is set holds for all
 * connections until it is set back; what is counted happens so many times, to whom it meets first.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int LINKS_MAX = 2_000;

    /** What may be done to one chunk on its way. */
    private enum Verdict {
        PASS,
        HALF_THEN_RESET,
        RESET
    }

    private final ServerSocket listener;
    private final int target;
    private final boolean postgres;
    private final ThreadFactory pumps;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    private volatile int latencyMillis;
    private volatile int sliceBytes;
    private volatile int sliceMillis;
    private volatile boolean frozen;

    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger repliesToHalve = new AtomicInteger();
    private final AtomicInteger commitRepliesToLose = new AtomicInteger();
    private final AtomicInteger commitRequestsToLose = new AtomicInteger();
    private final AtomicInteger commitsLost = new AtomicInteger();
    private final AtomicInteger repliesSpoiled = new AtomicInteger();

    private TcpProxy(ServerSocket listener, int target, boolean postgres) {
        this.listener = listener;
        this.target = target;
        this.postgres = postgres;
        // A database's connections are few and live long, and wait for every answer: a thread of the system's costs
        // less.
        this.pumps = (postgres ? Thread.ofPlatform().daemon() : Thread.ofVirtual()).factory();
    }

    static TcpProxy toPostgres(int target) throws IOException {
        return started(target, true);
    }

    public static TcpProxy toHttp(int target) throws IOException {
        return started(target, false);
    }

    private static TcpProxy started(int target, boolean postgres) throws IOException {
        var listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 256);
        var proxy = new TcpProxy(listener, target, postgres);
        Thread.ofVirtual().name("proxy-" + target).start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void slow(int millis) {
        latencyMillis = millis;
    }

    public void slice(int bytes, int millisBetween) {
        sliceMillis = millisBetween;
        sliceBytes = bytes;
    }

    /** A black hole: connections stay open, nothing passes. */
    public void freeze(boolean on) {
        frozen = on;
    }

    public void resetAll() {
        links.forEach(Link::reset);
    }

    public void heal() {
        latencyMillis = 0;
        sliceBytes = 0;
        frozen = false;
        repliesToLose.set(0);
        repliesToHalve.set(0);
        commitRepliesToLose.set(0);
        commitRequestsToLose.set(0);
    }

    /** To be set: the next so many answers are not delivered, both sides are reset instead. */
    public AtomicInteger repliesToLose() {
        return repliesToLose;
    }

    /** To be set: the next so many answers are cut in the middle. */
    public AtomicInteger repliesToHalve() {
        return repliesToHalve;
    }

    /** To be set, PostgreSQL: so many COMMITs are carried out and never acknowledged. */
    public AtomicInteger commitRepliesToLose() {
        return commitRepliesToLose;
    }

    /** To be set, PostgreSQL: so many COMMITs never arrive. */
    public AtomicInteger commitRequestsToLose() {
        return commitRequestsToLose;
    }

    /** COMMITs that were lost in fact, either way. */
    public int commitsLost() {
        return commitsLost.get();
    }

    /** Answers that were lost or cut in fact. */
    public int repliesSpoiled() {
        return repliesSpoiled.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        resetAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (links.size() >= LINKS_MAX) {
                    near.close();
                    continue;
                }
                pumps.newThread(() -> connect(near)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS_MAX);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var link = new Link(near, far);
            links.add(link);
            pumps.newThread(() -> link.pump(far, near, false)).start();
            link.pump(near, far, true);
        } catch (IOException refused) {
            closeHard(near);
            closeHard(far);
        }
    }

    private static void closeHard(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }

    private static boolean takeOne(AtomicInteger counter) {
        return counter.get() > 0 && counter.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private final class Link {

        private final Socket near;
        private final Socket far;
        private final PostgresStream stream = new PostgresStream();

        Link(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void reset() {
            closeHard(near);
            closeHard(far);
            links.remove(this);
        }

        void pump(Socket from, Socket to, boolean request) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    delay();
                    Verdict verdict = verdict(buffer, read, request);
                    if (verdict == Verdict.RESET) {
                        reset();
                        return;
                    }
                    write(out, buffer, verdict == Verdict.PASS ? read : read / 2);
                    if (verdict == Verdict.HALF_THEN_RESET) {
                        reset();
                        return;
                    }
                }
                to.shutdownOutput();
                if (!request) {
                    reset();
                }
            } catch (IOException | InterruptedException broken) {
                reset();
            }
        }

        private void delay() throws InterruptedException {
            while (frozen) {
                Thread.sleep(20);
            }
            int latency = latencyMillis;
            if (latency > 0) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(latency / 2, latency + latency / 2 + 1));
            }
        }

        private Verdict verdict(byte[] buffer, int length, boolean request) {
            if (postgres) {
                boolean commit = request ? stream.asksToCommit(buffer, length) : stream.saysCommitted(buffer, length);
                if (commit && takeOne(request ? commitRequestsToLose : commitRepliesToLose)) {
                    commitsLost.incrementAndGet();
                    return Verdict.RESET;
                }
                return Verdict.PASS;
            }
            if (!request && takeOne(repliesToLose)) {
                repliesSpoiled.incrementAndGet();
                return Verdict.RESET;
            }
            if (!request && takeOne(repliesToHalve)) {
                repliesSpoiled.incrementAndGet();
                return Verdict.HALF_THEN_RESET;
            }
            return Verdict.PASS;
        }

        private void write(OutputStream out, byte[] buffer, int length) throws IOException, InterruptedException {
            int slice = sliceBytes;
            if (slice <= 0) {
                out.write(buffer, 0, length);
                return;
            }
            for (int from = 0; from < length; from += slice) {
                out.write(buffer, from, Math.min(slice, length - from));
                if (sliceBytes > 0) {
                    Thread.sleep(sliceMillis);
                }
            }
        }
    }
}
