package dev.drawbridge.faults.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The one PostgreSQL of a run, a child that dies when the nemesis says so. The product's own launcher is not used: it
 * would start the database again by itself, and here the nodes are to see it gone.
 */
public final class Postgres implements AutoCloseable {

    static final String DATABASE = "drawbridge";
    public static final String RESTORED = "restored";
    static final String OWNER = "drawbridge_owner";
    public static final String APPLICATION = "drawbridge_application";
    static final String PASSWORD = "of-the-fault-run-only";

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration EXIT_MAX = Duration.ofSeconds(20);

    private final PostgresFiles files;
    private final Path log;
    private final int port;
    private Process postmaster;

    private Postgres(PostgresFiles files, Path log, int port) throws IOException {
        this.files = files;
        this.log = log;
        this.port = port;
        this.postmaster = launch();
    }

    /** @param settings lines for postgresql.conf after ours, for the negative controls */
    static Postgres start(Distribution distribution, Path directory, String settings)
            throws IOException, InterruptedException, SQLException {
        int port = Ports.free();
        PostgresFiles files =
                PostgresFiles.create(distribution.postgresBinaries(), directory.resolve("postgres"), port, settings);
        var postgres = new Postgres(files, directory.resolve("postgres.log"), port);
        postgres.awaitReady();
        postgres.provision();
        return postgres;
    }

    int port() {
        return port;
    }

    public Path log() {
        return log;
    }

    /** As superuser and past the proxies. */
    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("ApplicationName", "harness");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Ends it without a checkpoint and starts it again.
     *
     * @param signal {@code QUIT} is pg_ctl's {@code -m immediate}; {@code KILL} leaves even the backends to themselves
     */
    public synchronized void crash(String signal) throws IOException, InterruptedException {
        Signals.send(signal, postmaster.toHandle());
        if (!postmaster.waitFor(EXIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
            postmaster.destroyForcibly();
        }
        long began = System.nanoTime();
        postmaster = launch();
        while (!ready()) {
            if (!postmaster.isAlive()) {
                // What is left of a killed one lets go of memory and port within moments.
                Thread.sleep(200);
                postmaster = launch();
            }
            if (System.nanoTime() - began > START_MAX.toNanos()) {
                throw new IOException("PostgreSQL was not back within " + START_MAX + "; see " + log);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public synchronized void close() {
        try {
            Signals.send("INT", postmaster.toHandle());
            if (!postmaster.waitFor(EXIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                postmaster.destroyForcibly();
            }
        } catch (IOException | InterruptedException failure) {
            postmaster.destroyForcibly();
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(
                        files.command("postgres", "-D", files.cluster().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return Children.watched(builder.start());
    }

    private void awaitReady() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (!ready()) {
            if (!postmaster.isAlive() || System.nanoTime() - began > START_MAX.toNanos()) {
                throw new IOException("PostgreSQL did not start; see " + log);
            }
            Thread.sleep(50);
        }
    }

    private boolean ready() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void provision() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String role : new String[] {OWNER, APPLICATION}) {
                statement.execute("create role " + role + " login password '" + PASSWORD + "'");
            }
        }
        create(DATABASE);
    }

    void create(String database) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database + " owner " + OWNER);
            statement.execute("grant connect on database " + database + " to " + APPLICATION);
        }
    }
}
