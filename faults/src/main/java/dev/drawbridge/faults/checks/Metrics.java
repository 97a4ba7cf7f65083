package dev.drawbridge.faults.checks;

import dev.drawbridge.faults.cluster.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what the nodes count of themselves, all the time, for a killed one takes its counters along. */
public final class Metrics {

    private static final List<String> COUNTERS = List.of("ocm_lease_lost", "ocm_commit_unknown", "ocm_tx_retry");

    static final List<String> NAMES =
            COUNTERS.stream().map(counter -> counter + "_total").toList();

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final HttpClient client;
    private final List<Node> nodes;
    private final Map<String, Double> last = new ConcurrentHashMap<>();
    private volatile boolean running = true;

    public Metrics(HttpClient client, List<Node> nodes) {
        this.client = client;
        this.nodes = nodes;
    }

    public void start() {
        for (Node node : nodes) {
            Thread.ofVirtual().name("metrics-" + node.number()).start(() -> watch(node));
        }
    }

    /** Adds up what was counted by every incarnation of every node; nothing for a name that none has published. */
    public void finish(Tally tally) {
        running = false;
        nodes.forEach(this::read);
        for (String name : NAMES) {
            if (last.keySet().stream().anyMatch(key -> key.startsWith(name + " "))) {
                double sum = last.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(name + " "))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
                tally.add(name, Math.round(sum));
            }
        }
    }

    private void watch(Node node) {
        try {
            while (running) {
                Thread.sleep(EVERY);
                if (node.state() == Node.State.UP) {
                    read(node);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Node node) {
        int incarnation = node.incarnation();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(node.metrics(COUNTERS))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            response.body().lines().forEach(line -> take(line, node.number() + " " + incarnation));
        } catch (IOException notNow) {
            // The next reading has it, or the node is gone.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line, String incarnation) {
        for (String name : NAMES) {
            if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                int value = line.lastIndexOf(' ');
                String key = name + " " + line.substring(0, value) + " " + incarnation;
                last.merge(key, Double.parseDouble(line.substring(value + 1)), Math::max);
            }
        }
    }
}
