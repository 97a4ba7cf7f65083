package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Checks;
import dev.drawbridge.faults.checks.Report;
import dev.drawbridge.faults.checks.Tally;
import dev.drawbridge.faults.cluster.Cluster;
import dev.drawbridge.faults.load.FeedReader;
import dev.drawbridge.faults.load.Knowledge;
import dev.drawbridge.faults.load.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is left of the faults, held against what clients, feed readers and receivers know. */
record Inspection(Stage stage, Workload workload, List<FeedReader> readers) {

    void run() throws IOException, SQLException {
        Cluster cluster = stage.cluster();
        Tally tally = stage.tally();
        try (Connection connection = cluster.postgres().connect()) {
            new Knowledge(connection).write(workload, readers, stage.webhooks());
            connection.createStatement().execute("analyze");
            var checks = new Checks(stage.violations());
            checks.askDatabase(connection, "");
            checks.lookForDeadlocks(cluster.postgres().log());
            checks.lookForSecrets(logs(), secrets());
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

    private List<Path> logs() {
        List<Path> logs = new ArrayList<>(List.of(stage.cluster().postgres().log()));
        stage.cluster().nodes().forEach(node -> logs.add(node.log()));
        return logs;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(stage.cluster().secrets());
        secrets.addAll(workload.secrets());
        return secrets;
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
                        select '%s', count(*) from faults.take_overs where late < interval '1 hour'
                        union all
                        select '%s', count(*) from faults.take_overs
                         where late > interval '5 s' and late < interval '1 hour'
                        union all
                        select 'orders that clients know the end of', count(*) from faults.stories
                         where cardinality(allowed) = 1
                        """.formatted(Report.TAKE_OVERS, Report.LATE_TAKE_OVERS))) {
            while (rows.next()) {
                tally.add(rows.getString(1), rows.getLong(2));
            }
        }
    }
}
