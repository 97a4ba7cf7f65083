package dev.drawbridge.platform.backup;

import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that has just come back from a copy of its files. */
final class RestoredStore {

    private final JdbcClient owner;

    RestoredStore(DatabaseServer server) {
        this.owner = JdbcClient.create(
                Connections.unpooled(server.url(), server.owner().orElseThrow(), ""));
    }

    /** When the last transaction was committed that was read from the write-ahead log; empty if none was. */
    Optional<Instant> lastCommit() {
        return owner.sql("select pg_last_xact_replay_timestamp()")
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }

    void afterRestore() {
        owner.sql("select platform.after_restore()").query(Long.class).single();
    }
}
