package dev.drawbridge.faults.nemesis;

import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.cluster.Node;
import dev.drawbridge.faults.cluster.Postgres;
import dev.drawbridge.faults.cluster.TcpProxy;
import dev.drawbridge.faults.nemesis.FaultPoints.Turns;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens to the database, on the wires, and to the clock that decides. */
public final class OtherFaults {

    private static final Duration HAPPENS_MAX = Duration.ofSeconds(8);
    private static final Duration POINT_MAX = Duration.ofSeconds(4);
    private static final int JUMP_MINUTES_MIN = 61;
    private static final int JUMP_MINUTES_MAX = 26 * 60;
    private static final int TRIES_MAX = 3;

    private final Cluster cluster;
    private final FaultPoints points;
    private final Turns turns;
    private final Tally tally;
    private final SplittableRandom random;
    private final List<TcpProxy> receivers;
    private Duration clock = Duration.ZERO;

    public OtherFaults(
            Cluster cluster,
            FaultPoints points,
            Turns turns,
            Tally tally,
            SplittableRandom random,
            List<TcpProxy> receivers) {
        this.cluster = cluster;
        this.points = points;
        this.turns = turns;
        this.tally = tally;
        this.random = random;
        this.receivers = receivers;
    }

    void crashDatabase(String signal) throws IOException, InterruptedException {
        cluster.postgres().crash(signal);
        tally.count(signal.equals("KILL") ? "kills of the postmaster" : "immediate restarts of PostgreSQL");
    }

    void terminateBackends() throws SQLException {
        int count = 1 + random.nextInt(24);
        cluster.postgres()
                .execute("select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = '"
                        + Postgres.APPLICATION + "' order by random() limit " + count + ") as chosen");
        tally.count("pg_terminate_backend on some backends");
    }

    void loseCommitReply() throws InterruptedException {
        boolean lost = false;
        for (int tries = 0; tries < TRIES_MAX && !lost; tries++) {
            lost = loseCommit(someNode().database(), true);
        }
    }

    void loseCommitRequest() throws InterruptedException {
        boolean lost = false;
        for (int tries = 0; tries < TRIES_MAX && !lost; tries++) {
            lost = loseCommit(someNode().database(), false);
        }
    }

    private boolean loseCommit(TcpProxy proxy, boolean reply) throws InterruptedException {
        AtomicInteger counter = reply ? proxy.commitRepliesToLose() : proxy.commitRequestsToLose();
        int before = proxy.commitsLost();
        counter.incrementAndGet();
        long began = System.nanoTime();
        while (proxy.commitsLost() == before && System.nanoTime() - began < HAPPENS_MAX.toNanos()) {
            Thread.sleep(5);
        }
        counter.set(0);
        boolean lost = proxy.commitsLost() > before;
        if (lost) {
            tally.count(reply ? "COMMIT replies lost" : "COMMIT requests lost");
        }
        return lost;
    }

    void disturbDatabasePath() throws InterruptedException {
        TcpProxy proxy = someNode().database();
        switch (random.nextInt(4)) {
            case 0 -> {
                proxy.slow(200);
                Thread.sleep(4_000);
                tally.count("database path: 200 ms of latency");
            }
            case 1 -> {
                proxy.freeze(true);
                Thread.sleep(1_000 + random.nextInt(9_000));
                tally.count("database path: black hole");
            }
            case 2 -> {
                proxy.resetAll();
                tally.count("database path: reset");
            }
            default -> {
                proxy.slice(7, 1);
                Thread.sleep(3_000);
                tally.count("database path: slicer");
            }
        }
        proxy.heal();
    }

    void disturbPartners() throws InterruptedException {
        TcpProxy proxy = someNode().http();
        switch (random.nextInt(5)) {
            case 0, 1 -> spoil(proxy, proxy.repliesToLose(), 1 + random.nextInt(5), "answers to partners lost");
            case 2, 3 -> spoil(proxy, proxy.repliesToHalve(), 1 + random.nextInt(5), "answers to partners cut in half");
            default -> {
                proxy.slice(1, 2);
                Thread.sleep(2_000);
                proxy.heal();
                tally.count("partners' path: one byte at a time");
            }
        }
    }

    /** The receiver has handled the event; the node never hears of it. */
    void swallowReceipts() throws InterruptedException {
        TcpProxy proxy = receivers.get(random.nextInt(receivers.size()));
        spoil(proxy, proxy.repliesToLose(), 1 + random.nextInt(5), "answers of webhook receivers lost");
    }

    private void spoil(TcpProxy proxy, AtomicInteger counter, int times, String what) throws InterruptedException {
        int before = proxy.repliesSpoiled();
        counter.set(times);
        long began = System.nanoTime();
        while (counter.get() > 0 && System.nanoTime() - began < HAPPENS_MAX.toNanos()) {
            Thread.sleep(5);
        }
        counter.set(0);
        tally.add(what, proxy.repliesSpoiled() - before);
    }

    /**
     * Forward only: what was leased while it was later would else wait for the day that it goes back. By more than an
     * hour: a lease that ends by this is so late that it is no late take-over.
     */
    void moveClock() throws SQLException {
        moveClock(Duration.ofMinutes(random.nextInt(JUMP_MINUTES_MIN, JUMP_MINUTES_MAX + 1)));
        tally.count("jumps of the deciding clock");
    }

    public void moveClock(Duration by) throws SQLException {
        clock = clock.plus(by);
        cluster.postgres()
                .execute("create or replace function platform.now() returns timestamptz language sql stable as"
                        + " $$ select clock_timestamp() + interval '" + clock.toSeconds() + " seconds' $$");
    }

    void throwAtPoint() throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            String point = turns.next();
            int there = points.hit(someNodes(), point, "throw", POINT_MAX).size();
            if (there > 0) {
                tally.add("faults thrown at a fault point", there);
                tally.add("point " + point + " throw", there);
                return;
            }
        }
    }

    public void heal() {
        cluster.nodes().forEach(node -> {
            node.database().heal();
            node.http().heal();
        });
        receivers.forEach(TcpProxy::heal);
    }

    private Node someNode() {
        List<Node> some = someNodes();
        return some.get(random.nextInt(some.size()));
    }

    private List<Node> someNodes() {
        List<Node> up = cluster.nodes().stream()
                .filter(node -> node.state() == Node.State.UP)
                .toList();
        return up.isEmpty() ? cluster.nodes() : up;
    }
}
