package dev.drawbridge.faults.load;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.cluster.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls some node, as a balancer would that knows a little late who is gone; and judges every answer (C19). */
public final class Api {

    public static final String CHECK = "C19 answers";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(6);
    private static final double TO_A_STOPPED_ONE = 0.05;

    enum Outcome {
        OK,
        REFUSED,
        UNKNOWN
    }

    /** @param key of the API @param idempotencyKey empty: none */
    record Request(String method, String path, String key, String idempotencyKey, String body) {

        static Request get(String path, String key) {
            return new Request("GET", path, key, "", "");
        }
    }

    /**
     * An answer, or that there was none.
     *
     * @param status 0: the connection broke, or time was over
     */
    record Answer(int status, JsonNode body, boolean replayed, Optional<String> retryAfter) {

        static final Answer NONE = new Answer(0, MissingNode.getInstance(), false, Optional.empty());

        /** A 503 may follow a COMMIT whose outcome the node does not know: only the next answer tells. */
        Outcome outcome() {
            if (status >= 200 && status < 300) {
                return Outcome.OK;
            }
            boolean passing = status == 0 || status == 408 || status == 409 || status == 429 || status >= 500;
            return passing ? Outcome.UNKNOWN : Outcome.REFUSED;
        }

        boolean inFlight() {
            return code().equals("order_in_flight");
        }

        String code() {
            return body.path("code").asString("");
        }

        /** Of the order, or of the one that an error names. */
        String orderId() {
            String own = body.path("orderId").asString("");
            return own.isEmpty() ? body.path("details").path(0).path("orderId").asString("") : own;
        }

        String orderStatus() {
            return body.path("status").asString("");
        }
    }

    private final HttpClient client;
    private final List<Node> nodes;
    private final History history;
    private final Violations violations;

    public Api(HttpClient client, List<Node> nodes, History history, Violations violations) {
        this.client = client;
        this.nodes = nodes;
        this.history = history;
        this.violations = violations;
    }

    /** The same, of other nodes. */
    public Api at(List<Node> others) {
        return new Api(client, others, history, violations);
    }

    /** @param what for the history: a verb, perhaps with more words @param reference of the order */
    Answer call(Request request, String what, String reference) throws InterruptedException {
        Node node = someNode();
        long operation = history.invoke(what + " n" + node.number(), reference);
        Answer answer = send(node, request);
        history.outcome(operation, answer, what, reference);
        judge(answer, request);
        return answer;
    }

    private Node someNode() throws InterruptedException {
        while (true) {
            boolean late = ThreadLocalRandom.current().nextDouble() < TO_A_STOPPED_ONE;
            List<Node> known = nodes.stream()
                    .filter(node -> node.state() == Node.State.UP || late && node.state() == Node.State.STOPPED)
                    .toList();
            if (!known.isEmpty()) {
                return known.get(ThreadLocalRandom.current().nextInt(known.size()));
            }
            Thread.sleep(100);
        }
    }

    private Answer send(Node node, Request request) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(node.uri(request.path()))
                .timeout(ANSWER_MAX)
                .header("x-np-api-key", request.key());
        if (!request.idempotencyKey().isEmpty()) {
            builder.header("Idempotency-Key", request.idempotencyKey());
        }
        if (!request.body().isEmpty()) {
            builder.header("content-type", request.path().endsWith("/setup") ? "application/yaml" : "application/json");
        }
        HttpRequest.BodyPublisher body = request.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(request.body());
        try {
            HttpResponse<String> response =
                    client.send(builder.method(request.method(), body).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty()
                            ? MissingNode.getInstance()
                            : JsonMapper.shared().readTree(response.body()),
                    response.headers().firstValue("idempotency-replayed").isPresent(),
                    response.headers().firstValue("Retry-After"));
        } catch (IOException | JacksonException lost) {
            return Answer.NONE;
        }
    }

    private void judge(Answer answer, Request request) {
        boolean unannounced = (answer.status() == 503 || answer.status() == 429)
                && answer.retryAfter().isEmpty();
        boolean fault = answer.status() >= 500 && answer.status() != 503;
        if (unannounced || fault) {
            violations.add(
                    CHECK,
                    request.method() + " " + request.path() + " was answered " + answer.status() + " " + answer.body());
        }
    }
}
