package dev.drawbridge.platform.backup;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.platform.database.Migrations;
import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.EmbeddedPostgres;
import dev.drawbridge.platform.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A data directory and, while it is open, the database in it; orders are rows of a table of the owner's. */
final class BackedUpServer implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final JdbcClient owner;

    private BackedUpServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.owner = JdbcClient.create(Connections.unpooled(
                postgres.server().url(), postgres.server().owner().orElseThrow(), ""));
    }

    static BackedUpServer start(Path data, Optional<Path> archive) {
        PrivateFiles.directory(data);
        PrivateFiles.readOrCreate(data.resolve("secret"), () -> "the secret of " + data);
        var server = new BackedUpServer(EmbeddedPostgres.start(data, TestDatabase.BINARIES, 20, archive));
        Migrations.run(server.server());
        server.owner
                .sql("create table if not exists public.acknowledged (number integer primary key)")
                .update();
        return server;
    }

    static BackupPlaces places(Path data) {
        return new BackupPlaces(data, Optional.empty(), TestDatabase.BINARIES, false);
    }

    static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    DatabaseServer server() {
        return postgres.server();
    }

    void acknowledge(int number) {
        owner.sql("insert into public.acknowledged values (?)").param(number).update();
    }

    int highest() {
        return owner.sql("select coalesce(max(number), 0) from public.acknowledged")
                .query(Integer.class)
                .single();
    }

    int count() {
        return owner.sql("select count(*) from public.acknowledged")
                .query(Integer.class)
                .single();
    }

    Instant now() {
        return owner.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    long replicationSlots() {
        return owner.sql("select count(*) from pg_catalog.pg_replication_slots")
                .query(Long.class)
                .single();
    }

    long feedGaps() {
        return owner.sql("select count(*) from platform.feed_gaps")
                .query(Long.class)
                .single();
    }

    JdbcClient owner() {
        return owner;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
