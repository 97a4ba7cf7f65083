package dev.drawbridge.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server under load: a process of its own, started as a user starts it and ended by its id. */
final class Server implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path data;
    private final Duration readyAfter;

    private Server(Process process, int port, Path data, Duration readyAfter) {
        this.process = process;
        this.port = port;
        this.data = data;
        this.readyAfter = readyAfter;
    }

    static Server start(Path checkout, Path data) throws IOException, InterruptedException {
        int port = freePort();
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(
                        checkout.resolve("drawbridge").toString(),
                        "run",
                        "--demo",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.log").toFile()))
                .start();
        try {
            awaitReady(process, port, begun);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            process.destroy();
            throw failure;
        }
        return new Server(process, port, data, Duration.ofNanos(System.nanoTime() - begun));
    }

    Duration readyAfter() {
        return readyAfter;
    }

    JsonNode credentials() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(data.resolve("demo-credentials.json")));
    }

    /** The port is the one that was asked for, whatever public address the server shows. */
    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Resident memory of the JVM, the database's processes not counted. */
    long residentMebibytes() throws IOException {
        long pid = javaPid();
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** The launcher becomes the JVM by exec, so its process id is the JVM's. */
    private long javaPid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void awaitReady(Process process, int port, long begun) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (System.nanoTime() - begun < START_MAX.toNanos()) {
                if (!process.isAlive()) {
                    throw new IOException("The server ended while starting; see server.log beside its data directory");
                }
                try {
                    if (client.send(ready, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // refused until it listens
                }
                Thread.sleep(20);
            }
        }
        throw new IOException("The server was not ready within " + START_MAX);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
