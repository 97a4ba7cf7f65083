package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Checks;
import dev.drawbridge.faults.checks.Progress;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.cluster.Node;
import dev.drawbridge.faults.cluster.Postgres;
import dev.drawbridge.faults.cluster.Resources;
import dev.drawbridge.faults.load.Api;
import dev.drawbridge.faults.load.FeedReader;
import dev.drawbridge.faults.load.Knowledge;
import dev.drawbridge.faults.load.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Phase D: what was left of the run is backed up and restored to an empty database. The copy must pass the same checks,
 * take orders, and go on with its feed where the followers stood.
 */
record RestoreDrill(Stage stage, List<FeedReader> readers, Seed seed) {

    private static final int ORDERS = 24;

    void run() throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        Api api = stage.api().at(List.of(restored()));
        Workload workload = ordered(api);
        try (Connection connection = stage.cluster().postgres().connect(Postgres.RESTORED)) {
            new Quiet(stage, connection).await("after the restore");
            for (FeedReader reader : readers) {
                reader.finishAt(api);
            }
            new Knowledge(connection).write(workload, readers, stage.webhooks());
            new Checks(stage.violations()).askDatabase(connection, "restored: ");
        }
        stage.tally().add("orders after a restore", workload.begun());
        stage.tally().count("backups restored");
        Progress.say("phase D, restore: checked after "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
    }

    /** A node on the rows as they are restored, with what the harness adds to them. */
    private Node restored() throws IOException, InterruptedException, SQLException {
        Cluster cluster = stage.cluster();
        Node node = cluster.restored();
        try (Connection from = cluster.postgres().connect();
                Connection to = cluster.postgres().connect(Postgres.RESTORED);
                Statement statement = to.createStatement()) {
            statement.execute(Resources.text("harness.sql"));
            statement.execute(clock(from));
            for (String table : List.of("order_diary", "stories", "bodies", "demands")) {
                copy(from, to, "faults." + table);
            }
            statement.execute("select setval(pg_get_serial_sequence('faults.order_diary', 'id'),"
                    + " (select max(id) from faults.order_diary))");
        }
        cluster.startNode(node);
        return node;
    }

    /** Orders for the copy; to be run before its checks. */
    private Workload ordered(Api api) throws InterruptedException {
        // A number of its own, so that no reference was used before.
        var workload = new Workload(api, stage.violations(), stage.venues(), -seed.number(), 8);
        workload.run(ORDERS, begun -> ORDERS);
        return workload;
    }

    private static String clock(Connection from) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet row = statement.executeQuery("select pg_get_functiondef('platform.now'::regproc)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void copy(Connection from, Connection to, String table) throws IOException, SQLException {
        var rows = new ByteArrayOutputStream();
        from.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", rows);
        to.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
    }
}
