package dev.drawbridge.faults;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * What was left of the run is backed up and restored to an empty database: the copy must pass the same checks, take
 * orders, and go on with its feed where the followers stood.
 */
final class RestoreDrill {

    private static final int ORDERS = 24;

    private final Cluster cluster;
    private final Violations violations;

    RestoreDrill(Cluster cluster, Violations violations) {
        this.cluster = cluster;
        this.violations = violations;
    }

    /** The rows as they are restored, with what the harness adds to them. */
    Node restore() throws IOException, InterruptedException, SQLException {
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
    Workload load(Api api, List<Venue> venues, Seed seed) throws InterruptedException {
        // A number of its own, so that no reference was used before.
        var workload = new Workload(api, violations, venues, -seed.number());
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
