package dev.drawbridge.faults.load;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes what clients, feed readers and receivers know beside the product's tables, so that SQL can compare. */
public final class Knowledge {

    private final Connection connection;

    public Knowledge(Connection connection) {
        this.connection = connection;
    }

    public void write(Workload workload, List<FeedReader> readers, Webhooks webhooks) throws SQLException {
        writeStories(workload.stories());
        writeCopies(readers);
        webhooks.write(connection);
    }

    private void writeStories(Collection<Story> stories) throws SQLException {
        try (PreparedStatement story =
                        connection.prepareStatement("insert into faults.stories values (?, ?, ?, ?, ?)");
                PreparedStatement body =
                        connection.prepareStatement("insert into faults.bodies values (?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement demand =
                        connection.prepareStatement("insert into faults.demands values (?, ?, ?, ?, ?, ?, ?)")) {
            for (Story each : stories) {
                batch(story, each);
                for (Body sent : each.bodies()) {
                    batch(body, each, sent);
                    batchDemand(demand, each, sent);
                }
            }
            story.executeBatch();
            body.executeBatch();
            demand.executeBatch();
        }
    }

    private void batch(PreparedStatement statement, Story story) throws SQLException {
        statement.setString(1, story.venue().company());
        statement.setString(2, story.reference());
        statement.setObject(
                3, story.orderId().isEmpty() || story.mayHaveComeAnew() ? null : UUID.fromString(story.orderId()));
        statement.setArray(4, connection.createArrayOf("text", story.allowed().toArray()));
        statement.setArray(
                5, connection.createArrayOf("integer", story.accepted().toArray()));
        statement.addBatch();
    }

    private static void batch(PreparedStatement statement, Story story, Body body) throws SQLException {
        statement.setString(1, story.venue().company());
        statement.setString(2, story.reference());
        statement.setInt(3, body.variant());
        statement.setBoolean(4, body.isPaid());
        statement.setBoolean(5, body.lines().mayBeSoldOut());
        statement.setInt(6, body.lines().tickets());
        statement.setInt(7, body.lines().wallets());
        statement.setInt(8, body.lines().coupons());
        statement.addBatch();
    }

    private static void batchDemand(PreparedStatement statement, Story story, Body body) throws SQLException {
        for (Map.Entry<Lines.SlotKey, Integer> places : body.lines().demand().entrySet()) {
            statement.setString(1, story.venue().company());
            statement.setString(2, story.reference());
            statement.setInt(3, body.variant());
            statement.setString(4, places.getKey().admission());
            statement.setDate(5, Date.valueOf(places.getKey().date()));
            statement.setTime(6, Time.valueOf(places.getKey().start()));
            statement.setInt(7, places.getValue());
            statement.addBatch();
        }
    }

    private void writeCopies(List<FeedReader> readers) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into faults.copies values (?, ?, ?, ?)")) {
            for (int number = 0; number < readers.size(); number++) {
                FeedReader reader = readers.get(number);
                for (Map.Entry<String, String> entry : reader.copy().entrySet()) {
                    statement.setInt(1, number);
                    statement.setObject(2, reader.seller().id());
                    statement.setObject(3, UUID.fromString(entry.getKey()));
                    statement.setString(4, entry.getValue());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }
}
