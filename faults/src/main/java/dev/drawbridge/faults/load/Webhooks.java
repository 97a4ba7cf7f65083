package dev.drawbridge.faults.load;

import dev.drawbridge.faults.cluster.TcpProxy;
import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Request;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The subscriptions of a run and who listens to them. */
public final class Webhooks implements AutoCloseable {

    private static final List<Receiver.Conduct> CONDUCTS = List.of(
            Receiver.Conduct.HEALTHY,
            Receiver.Conduct.HEALTHY,
            Receiver.Conduct.SLOW,
            Receiver.Conduct.SOMETIMES_FAILING,
            Receiver.Conduct.BREAKING_OFF,
            Receiver.Conduct.SOMETIMES_DOWN,
            Receiver.Conduct.ALWAYS_BUSY,
            Receiver.Conduct.GONE);

    private record Subscription(UUID id, Venue venue, Venue.Seller seller, Receiver receiver) {}

    private final List<Subscription> subscriptions = new ArrayList<>();

    /** Before the first order, so that every event of a partner is its receivers'. */
    public static Webhooks subscribe(Api api, List<Venue> venues) throws IOException, InterruptedException {
        var webhooks = new Webhooks();
        for (int number = 0; number < CONDUCTS.size(); number++) {
            Venue venue = venues.get(number % venues.size());
            Venue.Seller seller =
                    venue.sellers().get(number / 2 % venue.sellers().size());
            var receiver = new Receiver(CONDUCTS.get(number));
            Answer answer = api.call(
                    new Request(
                            "POST",
                            venue.path() + "/webhooks",
                            seller.key(),
                            "",
                            "{\"notificationUrl\":\"" + receiver.url() + "\",\"eventName\":\"*\"}"),
                    "setup",
                    "-");
            if (answer.status() != 201) {
                throw new IOException("A subscription was answered " + answer.status() + " " + answer.body());
            }
            receiver.signedWith(answer.body().path("secret").asString());
            UUID id = UUID.fromString(answer.body().path("id").asString());
            webhooks.subscriptions.add(new Subscription(id, venue, seller, receiver));
        }
        return webhooks;
    }

    public List<TcpProxy> proxies() {
        return subscriptions.stream()
                .map(subscription -> subscription.receiver().proxy())
                .toList();
    }

    public void recover() {
        subscriptions.forEach(subscription -> subscription.receiver().recover());
    }

    public long received() {
        return subscriptions.stream()
                .mapToLong(subscription -> subscription.receiver().receipts().size())
                .sum();
    }

    public long distinct() {
        return subscriptions.stream()
                .mapToLong(subscription -> subscription.receiver().receipts().stream()
                        .map(Receiver.Receipt::delivery)
                        .distinct()
                        .count())
                .sum();
    }

    /** How many deliveries to receivers that live are still to be made. */
    public long pending(Connection connection) throws SQLException {
        return deliveries(connection, "pending");
    }

    /** How many deliveries to receivers that live were given up after the last attempt: an operator's to send again. */
    public long dead(Connection connection) throws SQLException {
        return deliveries(connection, "dead");
    }

    private long deliveries(Connection connection, String state) throws SQLException {
        UUID[] live = subscriptions.stream()
                .filter(each -> each.receiver().conduct().live())
                .map(Subscription::id)
                .toArray(UUID[]::new);
        try (PreparedStatement count = connection.prepareStatement(
                "select count(*) from webhooks.deliveries where state = ? and subscription_id = any(?)")) {
            count.setString(1, state);
            count.setArray(2, connection.createArrayOf("uuid", live));
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement endpoint =
                        connection.prepareStatement("insert into faults.endpoints values (?, ?, ?, ?)");
                PreparedStatement receipt =
                        connection.prepareStatement("insert into faults.receipts values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Subscription each : subscriptions) {
                endpoint.setObject(1, each.id());
                endpoint.setString(2, each.venue().company());
                endpoint.setObject(3, each.seller().id());
                endpoint.setBoolean(4, each.receiver().conduct().live());
                endpoint.addBatch();
                for (Receiver.Receipt got : each.receiver().receipts()) {
                    receipt.setObject(1, each.id());
                    receipt.setString(2, got.delivery());
                    receipt.setObject(3, UUID.fromString(got.eventId()));
                    receipt.setObject(4, got.orderId().isEmpty() ? null : UUID.fromString(got.orderId()));
                    receipt.setInt(5, got.sequence());
                    receipt.setString(6, got.bodySha256());
                    receipt.setBoolean(7, got.signed());
                    receipt.setInt(8, got.answered());
                    receipt.setLong(9, got.atNanos());
                    receipt.addBatch();
                }
            }
            endpoint.executeBatch();
            receipt.executeBatch();
        }
    }

    @Override
    public void close() throws IOException {
        for (Subscription subscription : subscriptions) {
            subscription.receiver().close();
        }
    }
}
