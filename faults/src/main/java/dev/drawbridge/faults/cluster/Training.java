package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The orders that a node takes once, before the run and on a database of its own, so that its JVM writes down which
 * classes it needs: nodes are started so often in a run that they hardly do anything else without.
 *
 * @param demo what the node wrote of its demo company
 */
record Training(HttpClient client, Node node, JsonNode demo) {

    private static final int ORDERS = 6;

    static Training of(HttpClient client, Node node, Path credentials) {
        return new Training(client, node, JsonMapper.shared().readTree(credentials));
    }

    void run() throws IOException, InterruptedException {
        send("POST", "/webhooks", """
                {"notificationUrl": "%s", "eventName": "*"}""".formatted(node.uri("/livez")));
        String partner = demo.path("partnerId").asString();
        for (int number = 1; number <= ORDERS; number++) {
            String order = send("POST", number % 2 == 0 ? "/channelManager" : "/channelManager?sync=1", order(number));
            String path = "/channelManager/"
                    + JsonMapper.shared().readTree(order).path("orderId").asString();
            send("GET", path, "");
            if (number % 3 == 0) {
                send("POST", path + "/confirm", "{\"paymentReference\": \"T\"}");
            }
            if (number % 5 == 0) {
                send("DELETE", path, "");
            }
            send("GET", "/channelManager/orders/" + partner + "?sync=true&pageSize=10", "");
        }
    }

    private String order(int number) {
        LocalDate weekday =
                LocalDate.now(ZoneOffset.UTC).plusDays(7).with(TemporalAdjusters.nextOrSame(DayOfWeek.WEDNESDAY));
        return """
                {"partnerId": "%s", "sellToOrderReference": "T%d", "items": [{"itemNumber": "31001", "quantity": 2,
                 "visitDate": "%s", "visitTime": "11:00:00"}]}
                """.formatted(demo.path("partnerId").asString(), number, weekday);
    }

    /** Whatever the answer is. */
    private String send(String method, String path, String body) throws IOException, InterruptedException {
        URI uri = node.uri("/" + demo.path("tenant").asString() + "/"
                + demo.path("environment").asString() + "/"
                + demo.path("company").asString().replace(" ", "%20") + path);
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .header("x-np-api-key", demo.path("partnerKey").asString())
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.isEmpty()
                                                ? HttpRequest.BodyPublishers.noBody()
                                                : HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
