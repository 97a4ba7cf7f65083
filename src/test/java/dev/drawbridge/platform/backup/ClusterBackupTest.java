package dev.drawbridge.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ClusterBackupTest {

    @TempDir
    private Path parent = Path.of("");

    private Path data = parent;
    private Path copy = parent;
    private Path backup = parent;
    private Path archive = parent;

    @BeforeEach
    void places() throws IOException {
        parent = parent.toRealPath();
        data = parent.resolve("data");
        copy = parent.resolve("copy");
        backup = parent.resolve("backup");
        archive = parent.resolve("the \"archive\" of 'it' %f");
    }

    @Test
    void a_backup_of_a_server_under_writes_has_every_row_that_was_acknowledged_before_it_ended() throws Exception {
        int before;
        int after;
        try (BackedUpServer server = BackedUpServer.start(data, Optional.empty())) {
            var writing = new AtomicBoolean(true);
            var acknowledged = new AtomicInteger();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (writing.get()) {
                    server.acknowledge(acknowledged.get() + 1);
                    acknowledged.incrementAndGet();
                }
            });
            while (acknowledged.get() < 50) {
                Thread.sleep(5);
            }
            before = acknowledged.get();
            take();
            after = acknowledged.get();
            writing.set(false);
            writer.join();
            assertThat(after).as("it went on writing").isGreaterThan(before);
            assertThat(server.replicationSlots())
                    .as("nothing holds the log back")
                    .isZero();
        }

        restore();

        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.highest()).isBetween(before, after + 1);
            assertThat(restored.count()).as("none is missing between them").isEqualTo(restored.highest());
            restored.acknowledge(1_000_000);
        }
        assertThat(Files.readString(copy.resolve("secret"))).isEqualTo(Files.readString(data.resolve("secret")));
    }

    @Test
    void only_its_owner_may_read_a_backup_and_what_a_restore_makes_of_it() throws Exception {
        BackedUpServer.start(data, Optional.empty()).close();
        take();
        restore();

        for (Path place : new Path[] {backup, copy}) {
            assertThat(permissions(place)).isEqualTo("rwx------");
            assertThat(permissions(place.resolve("secret"))).isEqualTo("rw-------");
            assertThat(permissions(place.resolve("postgres/passwords"))).isEqualTo("rw-------");
            assertThat(permissions(place.resolve("postgres/cluster/global/pg_control")))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_file_that_changed_or_is_gone_is_refused_and_nothing_is_left_behind() throws Exception {
        BackedUpServer.start(data, Optional.empty()).close();
        take();

        Path file = backup.resolve("postgres/cluster/pg_xact/0000");
        byte[] content = Files.readAllBytes(file);
        byte[] changed = content.clone();
        changed[0] ^= 1;
        Files.write(file, changed);
        assertRefused("The file postgres/cluster/pg_xact/0000 of the backup is not what it was");

        Files.write(file, new byte[] {content[0]});
        assertRefused("The file postgres/cluster/pg_xact/0000 of the backup is not what it was");

        Files.delete(file);
        assertRefused("The backup lacks its file postgres/cluster/pg_xact/0000");

        Path manifest = backup.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).substring(0, 500));
        assertRefused("manifest.json is damaged");
        Files.delete(manifest);
        assertRefused("There is no backup in");
    }

    @Test
    void a_manifest_that_names_a_file_outside_is_refused() throws Exception {
        BackedUpServer.start(data, Optional.empty()).close();
        take();
        Path manifest = backup.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"secret\"", "\"../secret\""));

        assertRefused("The backup names a file outside itself");
        assertThat(parent.resolve("secret")).doesNotExist();
    }

    @Test
    void a_directory_that_is_not_empty_is_left_alone() throws Exception {
        BackedUpServer.start(data, Optional.empty()).close();
        take();
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("mine"), "kept");

        assertThatThrownBy(this::restore).isInstanceOf(StartRefused.class).hasMessageContaining("is not empty");
        assertThat(copy.resolve("mine")).hasContent("kept");
        assertThatThrownBy(this::take).isInstanceOf(StartRefused.class).hasMessageContaining("exists");
        assertThatThrownBy(() -> new ClusterBackup(BackedUpServer.places(data)).take(data.resolve("inside")))
                .hasMessageContaining("inside the data directory");
        assertThatThrownBy(() -> new ClusterBackup(BackedUpServer.places(copy)).take(parent.resolve("other")))
                .hasMessageContaining("There is no embedded database");
        assertThat(entries(parent)).containsExactlyInAnyOrder("data", "backup", "copy");
    }

    @Test
    void no_server_starts_on_a_restore_that_was_not_finished() throws Exception {
        Files.createDirectories(copy.resolve("postgres.restoring"));

        assertThatThrownBy(() -> BackedUpServer.start(copy, Optional.empty()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("was begun and not finished");
    }

    @Test
    void with_the_archive_it_comes_back_as_it_was_at_any_time_since() throws Exception {
        Instant between;
        try (BackedUpServer server = BackedUpServer.start(data, Optional.of(archive))) {
            server.acknowledge(1);
            take();
            server.acknowledge(2);
            between = server.now();
            server.acknowledge(3);
        }

        restore(Optional.of(archive), Optional.of(between));
        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.of(archive))) {
            assertThat(restored.highest()).isEqualTo(2);
            restored.acknowledge(100);
        }
        Path again = parent.resolve("again");
        copy = again;
        restore(Optional.of(archive), Optional.empty());
        try (BackedUpServer restored = BackedUpServer.start(again, Optional.empty())) {
            assertThat(restored.highest())
                    .as("the newest timeline is that of the restored server")
                    .isEqualTo(100);
        }
        copy = parent.resolve("never");
        assertThatThrownBy(() -> restore(Optional.of(archive), Optional.of(between.plusSeconds(86_400))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ends before that time");
        assertThatThrownBy(() -> restore(Optional.of(archive), Optional.of(between.minusSeconds(86_400))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("restore an earlier backup");
        assertThat(entries(copy)).containsExactly("lock");
    }

    @Test
    void an_archive_takes_no_other_database_and_replaces_nothing() throws Exception {
        BackedUpServer.start(data, Optional.of(archive)).close();
        Path kept;
        try (Stream<Path> files = Files.list(archive)) {
            kept = files.filter(file -> file.toString().endsWith("1.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(kept);
        Path segment = parent.resolve("segment");
        Files.writeString(segment, "another content");

        Process archiving = new ProcessBuilder(
                        "sh",
                        data.resolve("postgres/archive-wal").toString(),
                        segment.toString(),
                        kept.getFileName().toString().replace(".gz", ""))
                .start();

        assertThat(archiving.waitFor()).isNotZero();
        assertThat(kept).hasBinaryContent(content);
        assertThatThrownBy(() -> BackedUpServer.start(copy, Optional.of(archive)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is of another database");
    }

    @Test
    void a_torn_file_of_the_archive_ends_the_restore_instead_of_the_history() throws Exception {
        try (BackedUpServer server = BackedUpServer.start(data, Optional.of(archive))) {
            take();
            server.acknowledge(1);
        }
        try (Stream<Path> files = Files.list(archive)) {
            Path last = files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}\\.gz"))
                    .sorted()
                    .reduce((before, file) -> file)
                    .orElseThrow();
            byte[] content = Files.readAllBytes(last);
            Files.write(last, Arrays.copyOf(content, content.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
        }

        assertThatThrownBy(() -> restore(Optional.of(archive), Optional.empty()))
                .isInstanceOf(StartRefused.class);
    }

    private void take() {
        new ClusterBackup(BackedUpServer.places(data)).take(backup);
    }

    private void restore() {
        restore(Optional.empty(), Optional.empty());
    }

    private void restore(Optional<Path> wal, Optional<Instant> until) {
        new Restoration(BackedUpServer.places(copy)).of(backup, wal, until);
    }

    private void assertRefused(String words) throws IOException {
        assertThatThrownBy(this::restore).isInstanceOf(StartRefused.class).hasMessageContaining(words);
        if (Files.exists(copy)) {
            assertThat(entries(copy)).isSubsetOf("lock");
        }
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
