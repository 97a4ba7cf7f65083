package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/** Three nodes and their database. */
public final class Cluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final String TRAINING = "training";

    private final Distribution distribution;
    private final Path directory;
    private final Postgres postgres;
    private final Node.Shared shared;
    private final HttpClient client;
    private final List<Node> nodes = new ArrayList<>();

    private Cluster(Distribution distribution, Path directory, Postgres postgres, Node.Shared shared) {
        this.distribution = distribution;
        this.directory = directory;
        this.postgres = postgres;
        this.shared = shared;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * @param postgresSettings for the negative controls; empty: none
     * @param connections of each node to the database
     */
    public static Cluster start(
            Distribution distribution,
            Path directory,
            String postgresSettings,
            int connections,
            SplittableRandom random)
            throws IOException, InterruptedException, SQLException {
        Postgres postgres = Postgres.start(distribution, directory, postgresSettings);
        var shared = new Node.Shared(
                "secret-" + UUID.randomUUID(),
                "platform-" + UUID.randomUUID(),
                connections,
                !postgresSettings.isEmpty());
        var cluster = new Cluster(distribution, directory, postgres, shared);
        for (int number = 1; number <= NODES; number++) {
            cluster.nodes.add(new Node(number, directory, postgres, Postgres.DATABASE, cluster.client));
        }
        // One node's clock is an hour late and one's an hour early, from the first start on.
        cluster.nodes.get(1).setClockOffset(Duration.ofHours(random.nextBoolean() ? 1 : -1));
        cluster.nodes.get(2).setClockOffset(Duration.ofHours(random.nextBoolean() ? 1 : -1));
        FutureTask<Void> training = cluster.train();
        // The first start migrates the database; only then the harness can add to it.
        cluster.startNode(cluster.nodes.getFirst());
        postgres.execute(Resources.text("harness.sql"));
        try {
            training.get();
        } catch (ExecutionException failure) {
            throw new IOException("Later starts have no cache", failure.getCause());
        }
        for (Node node : cluster.nodes.subList(1, NODES)) {
            node.launch(distribution, shared);
        }
        for (Node node : cluster.nodes.subList(1, NODES)) {
            if (!node.awaitReady()) {
                throw new IOException("Node " + node.number() + " ended while starting; see " + node.log());
            }
        }
        return cluster;
    }

    /** Beside the first start: either needs but one core. */
    private FutureTask<Void> train() throws SQLException {
        boolean trained = Files.exists(distribution.aotCache());
        if (!trained) {
            postgres.create(TRAINING);
        }
        var training = new FutureTask<Void>(() -> {
            if (!trained) {
                try (var node = new Node(0, directory, postgres, TRAINING, client)) {
                    node.train(distribution, shared);
                }
            }
            return null;
        });
        Thread.ofVirtual().name("training").start(training);
        return training;
    }

    /** Returns when it is ready; one that dies while the database is away is started again. */
    public void startNode(Node node) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            node.launch(distribution, shared);
            if (node.awaitReady()) {
                return;
            }
            if (attempt == 10) {
                throw new IOException("Node " + node.number() + " does not start; see " + node.log());
            }
            Thread.sleep(500);
        }
    }

    /** Begins to start a node with the next version, which brings a migration; returns at once. */
    public void launchNextVersion(Node node) throws IOException {
        node.upgrade(distribution.nextVersion());
        node.launch(distribution, shared);
    }

    /** As {@link #startNode}, with the next version. */
    public void startNextVersion(Node node) throws IOException, InterruptedException {
        node.upgrade(distribution.nextVersion());
        startNode(node);
    }

    /** Stops all nodes; one more, not started yet, has a copy of the rows, by the product's own backup and restore. */
    public Node restored() throws IOException, InterruptedException, SQLException {
        Path backup = directory.resolve("backup");
        nodes.getFirst().command(distribution, shared, "backup", backup.toString(), "--logical");
        for (Node node : nodes) {
            node.terminate();
        }
        postgres.create(Postgres.RESTORED);
        var node = new Node(NODES + 1, directory, postgres, Postgres.RESTORED, client);
        node.sameVersionAs(nodes.getFirst());
        node.command(distribution, shared, "restore", backup.toString());
        nodes.add(node);
        return node;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    public Postgres postgres() {
        return postgres;
    }

    public HttpClient client() {
        return client;
    }

    public String platformKey() {
        return shared.platformKey();
    }

    /** What the nodes were started with and no log may show. */
    public List<String> secrets() {
        return List.of(shared.secret(), shared.platformKey());
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            node.close();
        }
        postgres.close();
        client.shutdownNow();
    }
}
