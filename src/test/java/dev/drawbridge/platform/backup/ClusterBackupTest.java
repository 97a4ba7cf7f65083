package dev.drawbridge.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that writes while it is backed up, is stopped, backed up again, and writes on; and what restores give. */
@Timeout(300)
class ClusterBackupTest {

    @TempDir
    private static Path parent = Path.of("");

    private static Path data = parent;
    private static Path archive = parent;
    private static Path backup = parent;

    /** Rows that were acknowledged when the backup began, and when it had ended. */
    private static int before;

    private static int after;

    /** A time, and what had been acknowledged then. */
    private static Instant between = Instant.EPOCH;

    private static int untilThen;
    private static int atLast;

    private Path copy = parent;

    @BeforeAll
    static void a_life_of_a_server() throws Exception {
        parent = parent.toRealPath();
        data = parent.resolve("data");
        backup = parent.resolve("backup");
        archive = parent.resolve("the \"archive\" of 'it' %f");
        try (BackedUpServer server = BackedUpServer.start(data, Optional.of(archive))) {
            backedUpUnderWrites(server);
            untilThen = server.highest();
            between = server.now();
            server.acknowledge(untilThen + 1);
            assertThat(server.replicationSlots())
                    .as("nothing holds the log back")
                    .isZero();
        }
        take(parent.resolve("of the stopped one"));
        try (BackedUpServer server = BackedUpServer.start(data, Optional.of(archive))) {
            atLast = server.highest() + 1;
            server.acknowledge(atLast);
        }
    }

    private static void backedUpUnderWrites(BackedUpServer server) throws InterruptedException {
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
        take(backup);
        after = acknowledged.get();
        writing.set(false);
        writer.join();
    }

    @BeforeEach
    void a_new_place() {
        copy = parent.resolve("copy-" + UUID.randomUUID());
    }

    @Test
    void a_backup_under_writes_has_every_row_that_was_acknowledged_before_and_needs_no_archive() throws Exception {
        assertThat(after).as("it went on writing").isGreaterThan(before);

        restore(Optional.empty(), Optional.empty());

        assertThat(Files.readString(copy.resolve("secret"))).isEqualTo(Files.readString(data.resolve("secret")));
        for (Path place : new Path[] {backup, copy}) {
            assertThat(BackedUpServer.permissions(place)).isEqualTo("rwx------");
            assertThat(BackedUpServer.permissions(place.resolve("secret"))).isEqualTo("rw-------");
            assertThat(BackedUpServer.permissions(place.resolve("postgres/passwords")))
                    .isEqualTo("rw-------");
            assertThat(BackedUpServer.permissions(place.resolve("postgres/cluster/global/pg_control")))
                    .isEqualTo("rw-------");
        }
        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.highest()).isBetween(before, after + 1);
            assertThat(restored.count()).as("none is missing between them").isEqualTo(restored.highest());
            restored.acknowledge(1_000_000);
        }
    }

    @Test
    void with_the_archive_it_comes_back_as_it_was_at_a_time_and_goes_on_in_the_archive() throws Exception {
        restore(Optional.of(archive), Optional.of(between));
        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.of(archive))) {
            assertThat(restored.highest()).isEqualTo(untilThen);
            restored.acknowledge(2_000_000);
        }

        a_new_place();
        restore(Optional.of(archive), Optional.empty());
        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.highest())
                    .as("the newest timeline is that of the restored server")
                    .isEqualTo(2_000_000);
        }

        a_new_place();
        restore(parent.resolve("of the stopped one"), Optional.of(archive), Optional.empty());
        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.highest())
                    .as("that timeline left before this backup, which goes on with its own")
                    .isEqualTo(atLast);
        }
    }

    @Test
    void a_backup_of_a_stopped_server_leaves_no_gap_in_its_archive() throws Exception {
        Path ofThisDatabaseOnly = copyOfTheArchive(name -> name.startsWith("00000001"));

        restore(Optional.of(ofThisDatabaseOnly), Optional.empty());

        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.highest()).isEqualTo(atLast);
        }
    }

    @Test
    void a_time_that_the_log_does_not_reach_or_before_the_backup_is_refused() throws Exception {
        assertThatThrownBy(() -> restore(Optional.of(archive), Optional.of(between.plusSeconds(86_400))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ends before that time");
        assertThat(BackedUpServer.entries(copy)).containsExactly("lock");

        assertThatThrownBy(() -> restore(Optional.of(archive), Optional.of(between.minusSeconds(86_400))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("restore an earlier backup");
    }

    @Test
    void a_torn_file_of_the_archive_ends_the_restore_instead_of_the_history() throws Exception {
        Path torn = copyOfTheArchive(name -> name.startsWith("00000001"));
        Path last;
        try (Stream<Path> files = Files.list(torn)) {
            last = files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}\\.gz"))
                    .sorted()
                    .reduce((earlier, file) -> file)
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(content, content.length / 2));

        assertThatThrownBy(() -> restore(Optional.of(torn), Optional.empty())).isInstanceOf(StartRefused.class);
        assertThat(BackedUpServer.entries(copy)).containsExactly("lock");
    }

    @Test
    void an_archive_takes_no_other_database_and_replaces_nothing() throws Exception {
        Path kept;
        try (Stream<Path> files = Files.list(archive)) {
            kept = files.filter(file -> file.toString().endsWith("01.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(kept);
        Path segment = Files.writeString(parent.resolve("segment"), "another content");

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
    void a_file_that_changed_or_is_gone_is_refused_and_nothing_is_left_behind() throws Exception {
        Path file = backup.resolve("postgres/cluster/pg_xact/0000");
        byte[] content = Files.readAllBytes(file);
        byte[] changed = content.clone();
        changed[0] ^= 1;
        Files.write(file, changed);
        assertRefused("The file postgres/cluster/pg_xact/0000 of the backup is not what it was");

        Files.write(file, Arrays.copyOf(content, content.length - 1));
        assertRefused("The file postgres/cluster/pg_xact/0000 of the backup is not what it was");

        Files.delete(file);
        assertRefused("The backup lacks its file postgres/cluster/pg_xact/0000");
        Files.write(file, content);
    }

    @Test
    void a_manifest_that_is_torn_or_names_a_file_outside_is_refused() throws Exception {
        Path manifest = backup.resolve("manifest.json");
        String text = Files.readString(manifest);

        Files.writeString(manifest, text.replace("\"secret\"", "\"../secret\""));
        assertRefused("The backup names a file outside itself");
        assertThat(parent.resolve("secret")).doesNotExist();

        Files.writeString(manifest, text.substring(0, 500));
        assertRefused("manifest.json is damaged");

        Files.delete(manifest);
        assertRefused("There is no backup in");

        Files.writeString(manifest, text.replace("\"format\" : 1", "\"format\" : 2"));
        assertRefused("of format 2, which this Drawbridge does not know");
        Files.writeString(manifest, text);
    }

    @Test
    void what_is_there_is_left_alone() throws Exception {
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("mine"), "kept");

        assertThatThrownBy(() -> restore(Optional.empty(), Optional.empty())).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> take(backup)).hasMessageContaining("exists");
        assertThatThrownBy(() -> take(data.resolve("inside"))).hasMessageContaining("inside the data directory");
        assertThatThrownBy(() -> new ClusterBackup(BackedUpServer.places(copy)).take(parent.resolve("other")))
                .hasMessageContaining("There is no embedded database");

        assertThat(copy.resolve("mine")).hasContent("kept");
        assertThat(BackedUpServer.entries(parent)).doesNotContain("other", ".other.unfinished", ".backup.unfinished");
    }

    @Test
    void no_server_starts_on_a_restore_that_was_not_finished() throws Exception {
        Files.createDirectories(copy.resolve("postgres.restoring"));

        assertThatThrownBy(() -> BackedUpServer.start(copy, Optional.empty()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("was begun and not finished");
    }

    private static void take(Path target) {
        new ClusterBackup(BackedUpServer.places(data)).take(target);
    }

    private void restore(Optional<Path> wal, Optional<Instant> until) {
        restore(backup, wal, until);
    }

    private void restore(Path from, Optional<Path> wal, Optional<Instant> until) {
        new Restoration(BackedUpServer.places(copy)).of(from, wal, until);
    }

    private void assertRefused(String words) throws IOException {
        assertThatThrownBy(() -> restore(Optional.empty(), Optional.empty()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(words);
        if (Files.exists(copy)) {
            assertThat(BackedUpServer.entries(copy)).isSubsetOf("lock");
        }
    }

    private Path copyOfTheArchive(Predicate<String> wanted) throws IOException {
        Path target = Files.createDirectory(parent.resolve("archive-" + UUID.randomUUID()));
        for (String name : BackedUpServer.entries(archive)) {
            if (wanted.test(name)) {
                Files.copy(archive.resolve(name), target.resolve(name));
            }
        }
        return target;
    }
}
