package dev.drawbridge.platform.postgres;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How PostgreSQL runs.
 *
 * @param connectionsMax what the server lends at most, our own administration included
 * @param archive where the write-ahead log is kept; empty: nowhere
 * @param recovery only at the first start of a cluster that is being restored
 */
record ClusterSettings(int connectionsMax, Optional<WalArchive> archive, Optional<WalRecovery> recovery) {

    static ClusterSettings serving(int connectionsMax, Optional<Path> archive) {
        return new ClusterSettings(
                connectionsMax, archive.map(Path::toAbsolutePath).map(WalArchive::new), Optional.empty());
    }

    static ClusterSettings recovering(int connectionsMax, Optional<WalRecovery> recovery) {
        return new ClusterSettings(connectionsMax, Optional.empty(), recovery);
    }

    void prepare(PostgresCluster cluster) {
        archive.ifPresent(wanted -> wanted.prepare(cluster));
        WalArchive.remember(archive, cluster.home());
        recovery.ifPresent(wanted -> wanted.prepare(cluster));
    }

    /** Lines of the configuration. */
    String archiving() {
        return archive.map(wanted -> WalArchive.configuration()).orElse("");
    }

    /** Lines that nobody's own settings may change. */
    String recovering() {
        return recovery.map(WalRecovery::configuration).orElse("");
    }
}
