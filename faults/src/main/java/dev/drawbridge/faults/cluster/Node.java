package dev.drawbridge.faults.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One server: a JVM of its own from the real jar, between two proxies. Started again it keeps ports and directory. */
public final class Node implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(40);

    /** What a node is doing, as the harness knows. */
    public enum State {
        DOWN,
        STARTING,
        UP,
        STOPPED
    }

    /** What all nodes of a run have in common. */
    record Shared(String secret, String platformKey, int connections, boolean allowUnsafeDatabase) {}

    private final int number;
    private final Path directory;
    private final String databaseName;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final TcpProxy database;
    private final TcpProxy http;
    private final HttpClient client;
    private volatile State state = State.DOWN;
    private volatile int incarnation;
    private volatile Process process;
    private volatile long clockOffsetMillis;
    private volatile Optional<Path> nextVersion = Optional.empty();

    Node(int number, Path directory, Postgres postgres, String databaseName, HttpClient client) throws IOException {
        this.number = number;
        this.databaseName = databaseName;
        this.directory = Files.createDirectories(directory.resolve("node-" + number));
        this.database = TcpProxy.toPostgres(postgres.port());
        this.http = TcpProxy.toHttp(port);
        this.client = client;
        this.process = new ProcessBuilder("true").start();
        Files.createDirectories(armed());
    }

    public int number() {
        return number;
    }

    public State state() {
        return state;
    }

    public int incarnation() {
        return incarnation;
    }

    public TcpProxy database() {
        return database;
    }

    public TcpProxy http() {
        return http;
    }

    /** Through the proxy, as partners reach it. */
    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + http.port() + pathAndQuery);
    }

    /** @param names of counters, without the {@code _total}; of these alone, for to tell all costs more than an order */
    public URI metrics(List<String> names) {
        return URI.create(
                "http://127.0.0.1:" + managementPort + "/actuator/prometheus?includedNames=" + String.join(",", names));
    }

    public Path armed() {
        return directory.resolve("armed");
    }

    public Path log() {
        return directory.resolve("server.log");
    }

    /** From the next start on. */
    void setClockOffset(Duration offset) {
        clockOffsetMillis = offset.toMillis();
    }

    /** Has the next version from the next start on. */
    void upgrade(Path version) {
        nextVersion = Optional.of(version);
    }

    /** The version of another node. */
    void sameVersionAs(Node other) {
        nextVersion = other.nextVersion;
    }

    void launch(Distribution distribution, Shared shared) throws IOException {
        state = State.STARTING;
        incarnation++;
        List<String> options = new ArrayList<>(List.of("-Dfaults.clock=" + clockOffsetMillis));
        if (Files.exists(distribution.aotCache())) {
            options.addAll(List.of("-XX:AOTCache=" + distribution.aotCache(), "-Xlog:aot*=off"));
        }
        process = start(distribution, shared, options, server());
    }

    private List<String> server() {
        return List.of("run", "--port", Integer.toString(port));
    }

    /** Runs another command of the product on this node's database and data directory, to its end. */
    void command(Distribution distribution, Shared shared, String... words) throws IOException, InterruptedException {
        Process command = start(distribution, shared, List.of(), List.of(words));
        if (!command.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS) || command.exitValue() != 0) {
            command.destroyForcibly();
            throw new IOException(String.join(" ", words) + " failed; see " + log());
        }
    }

    /** A life that is for nothing else: at its end the JVM leaves a file that makes later starts quick. */
    void train(Distribution distribution, Shared shared) throws IOException, InterruptedException {
        state = State.STARTING;
        List<String> words = new ArrayList<>(server());
        words.add("--demo");
        Path cache = distribution.aotCache().resolveSibling("training.aot");
        Files.deleteIfExists(cache);
        process = start(distribution, shared, List.of("-XX:AOTCacheOutput=" + cache), words);
        if (!awaitReady()) {
            throw new IOException("Node " + number + " ended while starting; see " + log());
        }
        Training.of(client, this, directory.resolve("data/demo-credentials.json"))
                .run();
        Signals.send("TERM", process.toHandle());
        if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS) || !Files.exists(cache)) {
            process.destroyForcibly();
            throw new IOException("Node " + number + " left no cache for later starts; see " + log());
        }
        Files.move(cache, distribution.aotCache());
    }

    private Process start(Distribution distribution, Shared shared, List<String> options, List<String> words)
            throws IOException {
        var builder = new ProcessBuilder(commandLine(distribution, options, words))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("DRAWBRIDGE_") || name.startsWith("JAVA_TOOL"));
        environment.put(
                "DRAWBRIDGE_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + databaseName
                        + "?sslmode=disable&prepareThreshold=1");
        environment.put("DRAWBRIDGE_DATABASE_USER", Postgres.APPLICATION);
        environment.put("DRAWBRIDGE_DATABASE_PASSWORD", Postgres.PASSWORD);
        environment.put("DRAWBRIDGE_DATABASE_OWNER_USER", Postgres.OWNER);
        environment.put("DRAWBRIDGE_DATABASE_OWNER_PASSWORD", Postgres.PASSWORD);
        environment.put("DRAWBRIDGE_DATABASE_POOL_SIZE", Integer.toString(shared.connections()));
        environment.put("DRAWBRIDGE_SECRET", shared.secret());
        environment.put("DRAWBRIDGE_PLATFORM_KEY", shared.platformKey());
        environment.put("DRAWBRIDGE_BIND", "127.0.0.1");
        environment.put("DRAWBRIDGE_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("DRAWBRIDGE_WEBHOOK_ALLOWED_HOSTS", "127.0.0.1,localhost");
        if (shared.allowUnsafeDatabase()) {
            environment.put("DRAWBRIDGE_ALLOW_UNSAFE_DATABASE", "true");
        }
        return Children.watched(builder.start());
    }

    private List<String> commandLine(Distribution distribution, List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Distribution.java().toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                // Who needs a method that is being compiled waits: on busy cores that costs less than interpreting on.
                "-Xbatch",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-Dfaults.armed=" + armed()));
        command.addAll(options);
        command.add("-cp");
        // Last, for the cache of the start is of a class path that begins with the others.
        command.add(Stream.concat(distribution.classPath().stream(), nextVersion.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add("dev.drawbridge.Drawbridge");
        command.addAll(words);
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        return command;
    }

    /** Whether it became ready; false where it died instead. */
    boolean awaitReady() throws IOException, InterruptedException {
        Process awaited = process;
        long began = System.nanoTime();
        while (System.nanoTime() - began < START_MAX.toNanos()) {
            if (awaited != process || !awaited.isAlive()) {
                return false;
            }
            if (ready()) {
                state = State.UP;
                return true;
            }
            Thread.sleep(100);
        }
        throw new IOException("Node " + number + " was not ready within " + START_MAX + "; see " + log());
    }

    private boolean ready() throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                                            .timeout(Duration.ofSeconds(3))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether it died by itself, at a fault point, within this time. */
    public boolean awaitExit(Duration max) throws InterruptedException {
        boolean exited = process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS);
        if (exited) {
            state = State.DOWN;
        }
        return exited;
    }

    public void kill() throws IOException, InterruptedException {
        state = State.DOWN;
        Signals.send("KILL", process.toHandle());
        process.waitFor(10, TimeUnit.SECONDS);
    }

    public void stop() throws IOException, InterruptedException {
        state = State.STOPPED;
        Signals.send("STOP", process.toHandle());
    }

    public void goOn() throws IOException, InterruptedException {
        Signals.send("CONT", process.toHandle());
        state = State.UP;
    }

    public void markStopped() {
        state = State.STOPPED;
    }

    /**
     * The orderly end; answers how long it took.
     *
     * @throws IOException where it did not come to its end in time, and was killed
     */
    public Duration terminate() throws IOException, InterruptedException {
        long began = System.nanoTime();
        state = State.DOWN;
        Signals.send("TERM", process.toHandle());
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IOException("Node " + number + " did not end within " + STOP_MAX + " of SIGTERM");
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        database.close();
        http.close();
    }
}
