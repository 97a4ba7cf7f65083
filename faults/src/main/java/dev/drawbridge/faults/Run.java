package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Metrics;
import dev.drawbridge.faults.checks.Progress;
import dev.drawbridge.faults.checks.Report;
import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.cluster.Distribution;
import dev.drawbridge.faults.cluster.Node;
import dev.drawbridge.faults.load.Api;
import dev.drawbridge.faults.load.FeedReader;
import dev.drawbridge.faults.load.History;
import dev.drawbridge.faults.load.Venue;
import dev.drawbridge.faults.load.VenueSetup;
import dev.drawbridge.faults.load.Webhooks;
import dev.drawbridge.faults.load.Workload;
import dev.drawbridge.faults.nemesis.FaultLog;
import dev.drawbridge.faults.nemesis.FaultPoints;
import dev.drawbridge.faults.nemesis.Nemesis;
import dev.drawbridge.faults.nemesis.OtherFaults;
import dev.drawbridge.faults.nemesis.Plan;
import dev.drawbridge.faults.nemesis.ProcessFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: faults under load (A), progress although one node is frozen for good (B), quiet (C), then the
 * checks; and those of a restored backup (D).
 *
 * @param earlier parts of the same form: places that they did not come to have their turn first
 */
record Run(
        Distribution distribution,
        Path sources,
        Path directory,
        Plan plan,
        Seed seed,
        Conditions conditions,
        Report earlier) {

    private static final Duration HOLDS_MAX = Duration.ofHours(3);

    /** What a run found. */
    record Findings(Violations violations, Tally tally) {}

    Findings run() throws Exception {
        Files.createDirectories(directory);
        var violations = new Violations();
        var tally = new Tally();
        violations.made(Api.CHECK);
        long began = System.nanoTime();
        try (Cluster cluster = Cluster.start(
                        distribution,
                        directory,
                        conditions.settings(),
                        conditions.connections(),
                        new SplittableRandom(seed.number()));
                History history = new History(directory.resolve("history.tsv"));
                FaultLog log = new FaultLog(directory.resolve("faults.tsv"))) {
            Progress.say("nodes are up after " + seconds(began));
            var api = new Api(cluster.client(), cluster.nodes(), history, violations);
            List<Venue> venues = new VenueSetup(api, cluster.platformKey()).run(plan.orders());
            try (Webhooks webhooks = Webhooks.subscribe(api, venues)) {
                // What the run stands on is to survive even where the first commits after it may be lost.
                cluster.postgres().execute("checkpoint");
                phases(new Stage(cluster, api, venues, webhooks, violations, tally), log);
            }
            history.counts().forEach((what, count) -> tally.add("answers: " + what, count.get()));
        }
        tally.add("duration, s", Duration.ofNanos(System.nanoTime() - began).toSeconds());
        return new Findings(violations, tally);
    }

    private void phases(Stage stage, FaultLog log) throws Exception {
        Cluster cluster = stage.cluster();
        FaultPoints points = FaultPoints.of(sources);
        var random = new SplittableRandom(seed.number());
        var process = new ProcessFaults(
                cluster,
                points,
                points.turns(seed.form(), place -> earlier.hits(place, "halt")),
                points.turns(seed.form() + 1, place -> earlier.hits(place, "stop")),
                stage.tally(),
                log,
                random.split());
        var others = new OtherFaults(
                cluster,
                points,
                points.turns(seed.form() + 2, place -> earlier.hits(place, "throw")),
                stage.tally(),
                random.split(),
                stage.webhooks().proxies());
        var workload =
                new Workload(stage.api(), stage.violations(), stage.venues(), seed.number(), conditions.clients());
        var metrics = new Metrics(cluster.client(), cluster.nodes());
        List<FeedReader> readers = FeedReader.of(stage.api(), stage.venues(), stage.violations());
        metrics.start();
        readers.forEach(FeedReader::start);

        cluster.nodes().forEach(node -> node.database().slow(conditions.latencyMillis()));
        safety(workload, new Nemesis(plan, seed.number(), process, others, log));
        others.heal();
        process.awaitAllUp();
        Node zombie = liveness(workload, process, stage);
        zombie.goOn();
        stage.webhooks().recover();
        others.moveClock(HOLDS_MAX);
        try (Connection connection = cluster.postgres().connect()) {
            new Quiet(stage, connection).await("");
        }
        for (FeedReader reader : readers) {
            reader.finish();
        }
        metrics.finish(stage.tally());
        new Inspection(stage, workload, readers).run();
        if (plan.restored()) {
            new RestoreDrill(stage, readers, seed).run();
        }
    }

    private void safety(Workload workload, Nemesis nemesis) throws Exception {
        int orders = plan.safetyOrders();
        long began = System.nanoTime();
        CompletableFuture<Void> faults = nemesis.start(workload::begun);
        var said = new AtomicInteger();
        workload.run(orders, begun -> {
            int tenth = begun * 10 / Math.max(1, orders);
            if (said.getAndAccumulate(tenth, Math::max) < tenth) {
                Progress.say(tenth * 10 + " % of the orders begun after " + seconds(began));
            }
            return nemesis.allowed();
        });
        Nemesis.await(faults);
        Progress.say("phase A, safety: " + orders + " orders after " + seconds(began));
    }

    /** One node never comes back, with the locks that it holds: the others go on without it. */
    private Node liveness(Workload workload, ProcessFaults process, Stage stage)
            throws IOException, InterruptedException {
        var frozen = new CompletableFuture<Node>();
        Thread.ofVirtual().start(() -> {
            try {
                frozen.complete(process.freezeForGood());
            } catch (IOException | InterruptedException failure) {
                frozen.completeExceptionally(failure);
            }
        });
        int orders = plan.livenessOrders();
        long began = System.nanoTime();
        workload.run(orders, begun -> Integer.MAX_VALUE);
        stage.tally().add("orders with a node frozen for good", orders);
        Progress.say("phase B, liveness: " + orders + " orders after " + seconds(began));
        return frozen.join();
    }

    private static String seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s";
    }
}
