package dev.drawbridge.platform.postgres;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's files on disk.
 *
 * @param home the directory that holds the cluster, its passwords and the log of its start
 */
record PostgresCluster(Path home, PostgresBinaries binaries, PostgresUser user, PostgresPasswords passwords) {

    static final String SUPERUSER = "postgres";
    private static final String MAJOR_VERSION = "18";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    /** Opens the cluster below home, after making one where there is none. */
    static PostgresCluster open(Path home, PostgresBinaries binaries) {
        var cluster = new PostgresCluster(
                home,
                binaries,
                PostgresUser.workingIn(home, binaries.postgres()),
                PostgresPasswords.keptIn(home.resolve("passwords")));
        try {
            if (!Files.exists(cluster.directory())) {
                cluster.create();
            }
            cluster.checkVersion();
        } catch (IOException failure) {
            throw new StartRefused("The database's files in " + home + " cannot be opened: " + failure, failure);
        }
        return cluster;
    }

    Path directory() {
        return home.resolve("cluster");
    }

    /** What PostgreSQL says before its own log begins; replaced by every start. */
    Path startLog() {
        return home.resolve("start.log");
    }

    private void create() throws IOException {
        Path young = home.resolve("cluster.new");
        PostgresBinaries.delete(young);
        Files.createDirectory(young);
        Path password = home.resolve("superuser.new");
        PrivateFiles.write(password, passwords.superuser());
        user.give(young);
        user.give(password);
        // The built-in locale sorts by code point on every machine alike, whatever the operating system's libraries.
        var outcome = ExternalCommand.run(user.command(
                binaries.initdb().toString(),
                "--pgdata=" + young,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
        Files.delete(password);
        if (!outcome.succeeded()) {
            throw new StartRefused(
                    "PostgreSQL could not make its database in " + home + ": " + lastLine(outcome.output()));
        }
        Files.move(young, directory(), StandardCopyOption.ATOMIC_MOVE);
        LOG.info("database_created directory={}", directory());
    }

    private void checkVersion() throws IOException {
        String version = Files.readString(directory().resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartRefused("The database in " + directory() + " is of PostgreSQL " + version
                    + ", this Drawbridge brings PostgreSQL " + MAJOR_VERSION
                    + "; start it with the release that made it, and export the data there.");
        }
    }

    /**
     * Writes the configuration anew, so that a newer release brings its own; what a person wants otherwise goes to
     * {@code local.conf} beside it, which is read last.
     */
    void configure(int port, int connectionsMax) {
        try {
            Path file = directory().resolve("postgresql.conf");
            Files.writeString(file, configuration(port, connectionsMax));
            user.give(file);
        } catch (IOException failure) {
            throw new StartRefused("The database's configuration cannot be written: " + failure, failure);
        }
    }

    private static String configuration(int port, int connectionsMax) {
        return String.format(Locale.ROOT, """
                # Written by Drawbridge at every start; put your own settings into local.conf beside this file.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                max_connections = %d

                # An acknowledged order is on disk.
                fsync = on
                full_page_writes = on
                synchronous_commit = on

                # Many short transactions: neither plans in parallel nor compiled ones pay.
                max_parallel_workers_per_gather = 0
                jit = off
                # Plans made for empty tables are slow on full ones: a new database that sells fast outgrows them in
                # seconds, and the default would look once a minute.
                autovacuum_naptime = 5s
                # The horizon of the change feed must be able to move on.
                max_prepared_transactions = 0

                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'

                # One file per weekday, overwritten a week later. Statements and details would show guests' data.
                logging_collector = on
                log_directory = 'log'
                log_filename = 'postgresql-%%a.log'
                log_rotation_age = 1d
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_error_verbosity = terse
                log_min_error_statement = panic
                log_checkpoints = off

                include_if_exists = 'local.conf'
                """, port, connectionsMax);
    }

    static String lastLine(String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce("no output", (before, line) -> line);
    }
}
