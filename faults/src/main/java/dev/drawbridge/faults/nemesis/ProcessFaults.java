package dev.drawbridge.faults.nemesis;

import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.cluster.Node;
import dev.drawbridge.faults.nemesis.FaultPoints.Turns;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What happens to nodes: they are killed, stopped, halted at a point of their work, restarted in turn. */
public final class ProcessFaults {

    /** With leases of 5 s all but the first outlive them, and the database's patience with idle transactions as well. */
    private static final List<Integer> STOP_SECONDS = List.of(1, 6, 7, 8, 10, 17, 20);

    private static final Duration HIT_MAX = Duration.ofSeconds(8);
    private static final Duration EXIT_MAX = Duration.ofSeconds(5);
    private static final Duration BACK_MAX = Duration.ofMinutes(3);
    private static final int RESTART_MILLIS_MAX = 5_000;
    private static final int POINTS_TRIED_MAX = 3;
    private static final int TWO_AT_ONCE_EVERY = 10;

    private interface Recovery {
        void run() throws IOException, InterruptedException;
    }

    private final Cluster cluster;
    private final FaultPoints points;
    private final Turns halts;
    private final Turns stops;
    private final Tally tally;
    private final FaultLog log;
    private final SplittableRandom random;
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();

    /** Where two nodes died at once, the second was one of the plan's: its turn, when it comes, does nothing. */
    private int killsAhead;

    public ProcessFaults(
            Cluster cluster,
            FaultPoints points,
            Turns halts,
            Turns stops,
            Tally tally,
            FaultLog log,
            SplittableRandom random) {
        this.cluster = cluster;
        this.points = points;
        this.halts = halts;
        this.stops = stops;
        this.tally = tally;
        this.log = log;
        this.random = random;
    }

    void kill() throws IOException, InterruptedException {
        if (killsAhead > 0) {
            killsAhead--;
            return;
        }
        boolean two = random.nextInt(TWO_AT_ONCE_EVERY) == 0;
        Node first = someUp(two ? 3 : 2);
        first.kill();
        tally.count("kills by signal");
        if (two) {
            Node second = someUp(1);
            second.kill();
            tally.count("kills by signal");
            tally.count("second node killed at the same time");
            killsAhead++;
            restart(second);
        }
        restart(first);
    }

    void haltAtPoint() throws IOException, InterruptedException {
        for (int tries = 0; tries < POINTS_TRIED_MAX; tries++) {
            String point = halts.next();
            List<Node> there = points.hit(up(2), point, "halt", HIT_MAX);
            for (Node node : there) {
                node.awaitExit(EXIT_MAX);
                tally.count("kills at a fault point");
                tally.count("point " + point + " halt");
                restart(node);
            }
            if (!there.isEmpty()) {
                return;
            }
        }
        kill();
    }

    void stop() throws IOException, InterruptedException {
        Node node = someUp(2);
        node.stop();
        tally.count("stops");
        goOnLater(node);
    }

    void stopAtPoint() throws IOException, InterruptedException {
        for (int tries = 0; tries < POINTS_TRIED_MAX; tries++) {
            String point = stops.next();
            List<Node> there = points.hit(List.of(someUp(2)), point, "stop", HIT_MAX);
            if (!there.isEmpty()) {
                there.getFirst().markStopped();
                tally.count("stops at a fault point");
                tally.count("point " + point + " stop");
                goOnLater(there.getFirst());
                return;
            }
        }
        stop();
    }

    private void goOnLater(Node node) {
        int seconds = STOP_SECONDS.get(random.nextInt(STOP_SECONDS.size()));
        long began = System.nanoTime();
        later("go-on", node, Duration.ofSeconds(seconds), () -> {
            node.goOn();
            log.injected("node " + node.number() + " stood still", began);
        });
    }

    /** A deployment: each node in its turn, ended politely. */
    void rollingRestart() throws IOException, InterruptedException {
        for (Node node : cluster.nodes()) {
            while (node.state() != Node.State.UP || up().size() < 2) {
                Thread.sleep(100);
            }
            tally.longest("orderly end, ms", node.terminate().toMillis());
            cluster.startNode(node);
        }
        tally.count("rolling restarts");
    }

    void deploy() throws IOException, InterruptedException, SQLException {
        new Deployment(cluster, tally).run();
    }

    /** A node that is frozen at a point and stays so; the zombie of the liveness phase. */
    public Node freezeForGood() throws IOException, InterruptedException {
        Node node = someUp(3);
        if (points.hit(List.of(node), "after-fence", "stop", HIT_MAX).isEmpty()) {
            node.stop();
        }
        node.markStopped();
        return node;
    }

    /** Returns when every node is up again. */
    public void awaitAllUp() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (up().size() < cluster.nodes().size()) {
            if (System.nanoTime() - began > BACK_MAX.toNanos()) {
                throw new IOException("Not all nodes came back: " + failures);
            }
            Thread.sleep(100);
        }
        Exception failure = failures.poll();
        if (failure != null) {
            throw new IOException("A node did not come back", failure);
        }
    }

    private void restart(Node node) {
        Duration pause = Duration.ofMillis(random.nextInt(RESTART_MILLIS_MAX));
        later("restart", node, pause, () -> cluster.startNode(node));
    }

    /** Meanwhile the next fault has its turn. */
    private void later(String what, Node node, Duration pause, Recovery recovery) {
        Thread.ofVirtual().name(what + "-" + node.number()).start(() -> {
            try {
                Thread.sleep(pause);
                recovery.run();
            } catch (IOException failure) {
                failures.add(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private List<Node> up() {
        return cluster.nodes().stream()
                .filter(node -> node.state() == Node.State.UP)
                .toList();
    }

    /** Those that are up, once they are so many. */
    private List<Node> up(int atLeast) throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<Node> up = up();
        while (up.size() < atLeast) {
            if (System.nanoTime() - began > BACK_MAX.toNanos()) {
                throw new IOException("Only " + up.size() + " nodes are up: " + failures);
            }
            Thread.sleep(50);
            up = up();
        }
        return up;
    }

    /** A node to hit, once so many are up. */
    private Node someUp(int atLeast) throws IOException, InterruptedException {
        List<Node> candidates = up(atLeast);
        return candidates.get(random.nextInt(candidates.size()));
    }
}
