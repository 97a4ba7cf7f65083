package dev.drawbridge.faults.nemesis;

import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A next version comes node by node, while the others take orders. Its migration is begun three times: one node dies
 * before it, one in the middle of it. Meanwhile a node of the old version is killed, and has to start on the database
 * of the new one.
 */
final class Deployment {

    private static final String BEFORE = "migration-before-ddl";
    private static final Duration START_MAX = Duration.ofSeconds(60);

    /** So long both versions work side by side. */
    private static final Duration MIXED = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Tally tally;

    Deployment(Cluster cluster, Tally tally) {
        this.cluster = cluster;
        this.tally = tally;
    }

    void run() throws IOException, InterruptedException, SQLException {
        for (Node node : cluster.nodes()) {
            awaitUp(node);
        }
        Node first = cluster.nodes().getFirst();
        first.terminate();
        dieBeforeTheMigration(first);
        dieInTheMigration(first);
        cluster.startNode(first);
        Node last = cluster.nodes().getLast();
        awaitUp(last);
        last.kill();
        cluster.startNode(last);
        tally.count("old nodes started beside the next version");
        for (Node node : cluster.nodes().subList(1, cluster.nodes().size())) {
            Thread.sleep(MIXED);
            awaitUp(node);
            node.terminate();
            cluster.startNextVersion(node);
        }
        tally.count("deployments of a next version with a migration");
    }

    private void dieBeforeTheMigration(Node node) throws IOException, InterruptedException {
        FaultPoints.arm(node, BEFORE, "halt");
        do {
            cluster.launchNextVersion(node);
            if (!node.awaitExit(START_MAX)) {
                throw new IOException("Node " + node.number() + " did not come to the migration; see " + node.log());
            }
        } while (!Files.exists(FaultPoints.taken(node, BEFORE)));
        Files.deleteIfExists(node.armed().resolve(BEFORE));
        tally.count("kills before a migration");
    }

    private void dieInTheMigration(Node node) throws IOException, InterruptedException, SQLException {
        cluster.launchNextVersion(node);
        long began = System.nanoTime();
        try (Connection connection = cluster.postgres().connect()) {
            while (!migrates(connection)) {
                if (System.nanoTime() - began > START_MAX.toNanos()) {
                    throw new IOException("Node " + node.number() + " did not migrate; see " + node.log());
                }
                if (node.awaitExit(Duration.ZERO)) {
                    cluster.launchNextVersion(node); // The other faults go on: its connection may have been cut.
                }
                Thread.sleep(20);
            }
        }
        node.kill();
        tally.count("kills in a migration");
    }

    private static boolean migrates(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select exists (select from pg_stat_activity
                                        where state = 'active' and query like '%next_version_migrates%'
                                          and pid <> pg_backend_pid())
                        """)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static void awaitUp(Node node) throws InterruptedException {
        while (node.state() != Node.State.UP) {
            Thread.sleep(100);
        }
    }
}
