package dev.drawbridge.webhooks;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.LaneStore.Claim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A company in which things happen and are told, stepped by hand. */
final class Telling {

    static final PartnerId PARTNER = new PartnerId(UUID.fromString("21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e"));

    final TestCompany company = TestCompany.fresh();
    final Api operator = company.operator();

    private final Events events = TestServer.running().bean(Events.class);
    private final DeliveryAttempts attempts = TestServer.running().bean(DeliveryAttempts.class);
    private final DeliverySending sending = TestServer.running().bean(DeliverySending.class);
    private final Transactions transactions = TestServer.running().bean(Transactions.class);

    /** A new webhook's id. */
    String subscribe(String url) {
        return subscribe(url, "*").at("/id");
    }

    Reply subscribe(String url, String event) {
        return operator.post("/webhooks", "{\"notificationUrl\": \"" + url + "\", \"eventName\": \"" + event + "\"}")
                .is(201);
    }

    static OrderId newOrder() {
        return new OrderId(UUID.randomUUID());
    }

    void happens(OrderId order, int sequence) {
        happens(order, PARTNER, sequence, EventName.ORDER_PROCESSED);
    }

    void happens(OrderId order, PartnerId partner, int sequence, EventName name) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("orderId", order.toString());
        payload.put("buyFromOrderReference", "CM-1");
        payload.put("status", "Issued");
        payload.put("statusCode", "");
        payload.put("sellToOrderReference", "R-1");
        payload.put("partnerId", partner.toString());
        transactions.inCompany(company.company().id(), transaction -> {
            events.record(
                    transaction, List.of(new Event(order, partner, sequence, name, payload, TraceContext.current())));
            return order;
        });
    }

    /** Sends what is due, until nothing is. */
    void deliver() {
        while (sending.startDue(() -> {}) > 0) {
            RowLock.await(() -> sending.underWay() == 0);
        }
    }

    /** Claims whatever is due, that of other tests too, and answers what is of this company. */
    List<Claim> claims() {
        return attempts.claimDue(64).stream()
                .filter(claim -> claim.company().equals(company.company().id()))
                .toList();
    }

    /** Newest first. */
    List<JsonNode> deliveries(String webhook) {
        return List.copyOf(operator.get("/webhooks/" + webhook + "/deliveries")
                .is(200)
                .json()
                .required("data")
                .values());
    }

    JsonNode delivery(String webhook) {
        return deliveries(webhook).getFirst();
    }

    JsonNode webhook(String id) {
        return operator.get("/webhooks/" + id).is(200).json();
    }

    /** As if the server had another secret than when the webhook was made. */
    void spoilSecret(String webhook) {
        transactions.inCompany(company.company().id(), transaction -> TestServer.running()
                .bean(JdbcClient.class)
                .sql("update webhooks.subscriptions set secret = decode(repeat('00', 60), 'hex')"
                        + " where subscription_id = :id::uuid")
                .param("id", webhook)
                .update());
    }

    /** What the rows of this company say, in one number. */
    long number(String sql) {
        return transactions.inCompany(company.company().id(), transaction -> TestServer.running()
                .bean(JdbcClient.class)
                .sql(sql)
                .param("company", transaction.company().value())
                .query(Long.class)
                .single());
    }

    /** What the audit log says was done to it, in order. */
    List<String> audit(String id) {
        return transactions.inCompany(company.company().id(), transaction -> TestServer.running()
                .bean(JdbcClient.class)
                .sql("select action from platform.audit_log where object = :id order by happened_at, id")
                .param("id", id)
                .query(String.class)
                .list());
    }
}
