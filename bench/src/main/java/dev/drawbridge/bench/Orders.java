package dev.drawbridge.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends the documented order, two wallets of one ticket, spread over the demo's days so that it never sells out. */
final class Orders {

    private static final int DAYS = 300;
    private static final int SLOTS_A_DAY = 18;
    private static final int FIRST_SLOT_MINUTE = 9 * 60;
    private static final int SLOT_MINUTES = 30;
    private static final Duration REQUEST_MAX = Duration.ofSeconds(30);

    private final HttpClient client;
    private final Server server;
    private final String companyPath;
    private final String partnerId;
    private final String key;
    private final AtomicLong sent = new AtomicLong();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    Orders(HttpClient client, Server server) throws IOException {
        JsonNode credentials = server.credentials();
        this.client = client;
        this.server = server;
        this.companyPath = "/" + credentials.get("tenant").asString() + "/"
                + credentials.get("environment").asString() + "/"
                + credentials.get("company").asString().replace(" ", "%20");
        this.partnerId = credentials.get("partnerId").asString();
        this.key = credentials.get("partnerKey").asString();
    }

    /** Answers the order's id. */
    String send() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(companyPath + "/channelManager")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(sent.incrementAndGet())))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("An order was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body()).get("orderId").asString();
    }

    String status(String orderId) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(companyPath + "/channelManager/" + orderId).GET().build(),
                HttpResponse.BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).get("status").asString();
    }

    /**
     * Whether every order that was sent is Issued.
     *
     * @throws IOException when one is in Error
     */
    boolean allIssued() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(companyPath + "/channelManager/orders/" + partnerId
                                + "?pageSize=1&status=Submitted,Scheduled,Processing,Error")
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode open = JsonMapper.shared().readTree(answer.body()).get("data");
        if (!open.isEmpty() && open.get(0).get("status").asString().equals("Error")) {
            throw new IOException("An order ended in Error: " + open.get(0));
        }
        return open.isEmpty();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path)).timeout(REQUEST_MAX).header("x-np-api-key", key);
    }

    private String body(long number) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(7 + number % DAYS);
        long minute = FIRST_SLOT_MINUTE + number / DAYS % SLOTS_A_DAY * SLOT_MINUTES;
        return """
                {"partnerId": "%s", "sellToOrderReference": "BENCH-%s-%d", "sellToLanguage": "ENU",
                 "sellToName": "Jane Doe", "sellToEmail": "guest@example.com", "paymentReference": "PAY-%d",
                 "items": [{"itemNumber": "31001", "quantity": 2, "visitDate": "%s", "visitTime": "%02d:%02d:00",
                            "wallet": {"names": ["Jane Doe", "John Doe"]}}]}
                """.formatted(partnerId, run, number, number, day, minute / 60, minute % 60);
    }
}
