package dev.drawbridge.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: faults under load (A), progress although one node is frozen for good (B), quiet (C), then the
 * checks; and those of a restored backup (D).
 *
 * @param settings lines for postgresql.conf, for the negative controls
 * @param latencyMillis of the nodes' way to the database: transactions that last meet each other
 */
record Run(
        Distribution distribution,
        Path sources,
        Path directory,
        Plan plan,
        Seed seed,
        String settings,
        int latencyMillis) {

    private static final Duration ORDERS_MAX = Duration.ofSeconds(60);
    private static final Duration WEBHOOKS_MAX = Duration.ofMinutes(4);
    private static final Duration HOLDS_MAX = Duration.ofHours(3);
    private static final int LIVENESS_ORDERS = 120;

    /** What a run found. */
    record Outcome(Violations violations, Tally tally) {}

    Outcome run() throws Exception {
        Files.createDirectories(directory);
        var violations = new Violations();
        var tally = new Tally();
        violations.made(Api.CHECK);
        long began = System.nanoTime();
        try (Cluster cluster = Cluster.start(distribution, directory, settings, new SplittableRandom(seed.number()));
                History history = new History(directory.resolve("history.tsv"))) {
            say("nodes are up after " + seconds(began));
            var api = new Api(cluster.client(), cluster.nodes(), history, violations);
            List<Venue> venues = cluster.setUp(api, plan.orders());
            try (Webhooks webhooks = Webhooks.subscribe(api, venues)) {
                // What the run stands on is to survive even where the first commits after it may be lost.
                cluster.postgres().execute("checkpoint");
                phases(new Stage(cluster, api, venues, webhooks, violations, tally));
            }
            history.counts().forEach((what, count) -> tally.add("answers: " + what, count.get()));
        }
        tally.add("duration, s", Duration.ofNanos(System.nanoTime() - began).toSeconds());
        return new Outcome(violations, tally);
    }

    /** What all phases work with. */
    private record Stage(
            Cluster cluster, Api api, List<Venue> venues, Webhooks webhooks, Violations violations, Tally tally) {}

    private void phases(Stage stage) throws Exception {
        Cluster cluster = stage.cluster();
        FaultPoints points = FaultPoints.of(sources);
        var random = new SplittableRandom(seed.number());
        var process = new ProcessFaults(
                cluster,
                points,
                points.turns(seed.form(), seed.firstTurn(plan.killsAtPoint())),
                points.turns(seed.form() + 1, seed.firstTurn(plan.stopsAtPoint())),
                stage.tally(),
                random.split());
        var others = new OtherFaults(
                cluster,
                points,
                points.turns(seed.form() + 2, seed.firstTurn(plan.throwsAtPoint())),
                stage.tally(),
                random.split(),
                stage.webhooks().proxies());
        var workload = new Workload(stage.api(), stage.violations(), stage.venues(), seed.number());
        var metrics = new Metrics(cluster.client(), cluster.nodes());
        List<FeedReader> readers = readers(stage);
        metrics.start();
        readers.forEach(FeedReader::start);

        cluster.nodes().forEach(node -> node.database().slow(latencyMillis));
        try (var log = new FaultLog(directory.resolve("faults.tsv"))) {
            safety(workload, new Nemesis(plan, seed.number(), process, others, log));
        }
        others.heal();
        process.awaitAllUp();
        Node zombie = liveness(workload, process, stage);
        zombie.goOn();
        stage.webhooks().recover();
        others.moveClock(HOLDS_MAX);
        try (Connection connection = cluster.postgres().connect()) {
            awaitQuiet(stage, connection, "");
        }
        for (FeedReader reader : readers) {
            reader.finish();
        }
        metrics.finish(stage.tally());
        check(stage, workload, readers);
        if (plan.restored()) {
            restored(stage, readers);
        }
    }

    /** Phase D: the same checks of what a backup brings back, and of what is done with it. */
    private void restored(Stage stage, List<FeedReader> readers) throws Exception {
        long began = System.nanoTime();
        var drill = new RestoreDrill(stage.cluster(), stage.violations());
        Api api = stage.api().at(List.of(drill.restore()));
        Workload workload = drill.load(api, stage.venues(), seed);
        try (Connection connection = stage.cluster().postgres().connect(Postgres.RESTORED)) {
            awaitQuiet(stage, connection, "after the restore");
            for (FeedReader reader : readers) {
                reader.finishAt(api);
            }
            var knowledge = new Knowledge(connection);
            knowledge.of(workload.stories());
            knowledge.ofReaders(readers);
            stage.webhooks().write(connection);
            new Checks(stage.violations()).askDatabase(connection, "restored: ");
        }
        stage.tally().add("orders after a restore", workload.begun());
        stage.tally().count("backups restored");
        say("phase D, restore: checked after " + seconds(began));
    }

    private void safety(Workload workload, Nemesis nemesis) throws Exception {
        long began = System.nanoTime();
        CompletableFuture<Void> faults = nemesis.start(workload::begun);
        var said = new AtomicInteger();
        workload.run(plan.orders(), begun -> {
            int tenth = begun * 10 / Math.max(1, plan.orders());
            if (said.getAndAccumulate(tenth, Math::max) < tenth) {
                say(tenth * 10 + " % of the orders begun after " + seconds(began));
            }
            return nemesis.allowed();
        });
        Nemesis.await(faults);
        say("phase A, safety: " + plan.orders() + " orders after " + seconds(began));
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
        long began = System.nanoTime();
        workload.run(LIVENESS_ORDERS, begun -> Integer.MAX_VALUE);
        stage.tally().add("orders with a node frozen for good", LIVENESS_ORDERS);
        say("phase B, liveness: " + LIVENESS_ORDERS + " orders after " + seconds(began));
        return frozen.join();
    }

    private List<FeedReader> readers(Stage stage) {
        Venue first = stage.venues().get(0);
        Venue second = stage.venues().get(1);
        return List.of(
                new FeedReader(stage.api(), first, first.sellers().get(0), stage.violations(), false),
                new FeedReader(stage.api(), second, second.sellers().get(1), stage.violations(), false),
                new FeedReader(stage.api(), first, first.sellers().get(1), stage.violations(), true));
    }

    /** Until nothing is left to do: orders have a minute, what is still there then is stuck. */
    private void awaitQuiet(Stage stage, Connection connection, String when) throws SQLException, InterruptedException {
        quiet("orders " + when, ORDERS_MAX, () -> left(connection) == 0, stage.tally());
        // The slow receiver's are many.
        quiet(
                "webhooks " + when,
                WEBHOOKS_MAX,
                () -> stage.webhooks().pending(connection) == 0,
                stage.tally());
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void quiet(String what, Duration max, Condition condition, Tally tally)
            throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (!condition.holds() && System.nanoTime() - began < max.toNanos()) {
            Thread.sleep(500);
        }
        tally.atLeast(
                "quiet after, s: " + what.strip(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        say("phase C, quiet: nothing left of " + what.strip() + ", "  + seconds(began));
    }

    private static long left(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select (select count(*) from orders.issuance_jobs)
                             + (select count(*) from orders.hold_expiries where due_at <= platform.now())
                             + (select count(*) from platform.change_log where pos is null)
                        """)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void check(Stage stage, Workload workload, List<FeedReader> readers) throws IOException, SQLException {
        Cluster cluster = stage.cluster();
        Tally tally = stage.tally();
        try (Connection connection = cluster.postgres().connect()) {
            var knowledge = new Knowledge(connection);
            knowledge.of(workload.stories());
            knowledge.ofReaders(readers);
            stage.webhooks().write(connection);
            connection.createStatement().execute("analyze");
            var checks = new Checks(stage.violations());
            checks.askDatabase(connection, "");
            checks.lookForDeadlocks(cluster.postgres().log());
            List<Path> logs = new ArrayList<>(List.of(cluster.postgres().log()));
            cluster.nodes().forEach(node -> logs.add(node.log()));
            checks.lookForSecrets(logs, cluster.secrets(stage.venues()));
            checks.requireCounted(tally);
            figures(connection, tally);
            tally.add(
                    "webhooks given up at receivers that live", stage.webhooks().dead(connection));
        }
        tally.add("orders", workload.begun());
        tally.add("webhooks received", stage.webhooks().received());
        tally.add(
                "webhooks received again",
                stage.webhooks().received() - stage.webhooks().distinct());
    }

    private static void figures(Connection connection, Tally tally) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select 'orders ' || status || case when status_code = '' then '' else ' ' || status_code end,
                               count(*) from orders.orders group by 1
                        union all
                        select 'holds that ran out', count(*) from faults.order_diary
                         where hold_ended and became = 'Draft'
                        union all
                        select 'tickets', count(*) from ticketing.tickets
                        union all
                        select 'orders that clients know the end of', count(*) from faults.stories
                         where cardinality(allowed) = 1
                        """)) {
            while (rows.next()) {
                tally.add(rows.getString(1), rows.getLong(2));
            }
        }
    }

    static void say(String what) {
        System.out.println("faults: " + what);
    }

    private static String seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s";
    }
}
