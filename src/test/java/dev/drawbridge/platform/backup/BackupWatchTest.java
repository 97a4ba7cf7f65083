package dev.drawbridge.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.backup.BackupWatch.Archive;
import dev.drawbridge.platform.backup.LastBackupStore.Kind;
import dev.drawbridge.platform.postgres.Connections;
import dev.drawbridge.platform.postgres.DatabaseServer.Credentials;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server knows of its backups: what the commands beside it noted, and what PostgreSQL says of its archive. */
@Timeout(300)
class BackupWatchTest {

    private static final double DAY = 86_400;

    @TempDir
    private Path parent = Path.of("");

    @Test
    void each_kind_of_backup_is_as_old_as_the_last_one_of_it() throws Exception {
        Path data = parent.toRealPath().resolve("data");
        try (BackedUpServer server = BackedUpServer.start(data, Optional.empty())) {
            var watch = asApplication(server);
            assertThat(watch.ageSeconds(Kind.FILES)).as("there is nothing yet").isZero();
            company(server, Duration.ofDays(3));
            assertThat(watch.ageSeconds(Kind.FILES)).isBetween(3 * DAY, 3.1 * DAY);

            BackupOutcome files = new ClusterBackup(BackedUpServer.places(data)).take(parent.resolve("files"));
            assertThat(files.sentence()).doesNotContain("could not");
            assertThat(watch.ageSeconds(Kind.FILES)).isBetween(0.0, 250.0);
            assertThat(watch.ageSeconds(Kind.ROWS)).isBetween(3 * DAY, 3.1 * DAY);

            new RowsBackup(BackedUpServer.places(data)).take(parent.resolve("rows"));
            assertThat(watch.ageSeconds(Kind.ROWS)).isBetween(0.0, 250.0);
        }
    }

    @Test
    void a_backup_that_the_database_cannot_note_is_a_backup_all_the_same() throws Exception {
        Path data = parent.toRealPath().resolve("data");
        try (BackedUpServer server = BackedUpServer.start(data, Optional.empty())) {
            server.owner().sql("drop table platform.backups").update();

            BackupOutcome outcome = new ClusterBackup(BackedUpServer.places(data)).take(parent.resolve("files"));

            assertThat(outcome.sentence()).startsWith("backed up to ").contains("The database could not note it");
            assertThat(parent.resolve("files/manifest.json")).exists();
        }
    }

    @Test
    void an_older_note_does_not_replace_a_newer_one() {
        var store = new LastBackupStore(JdbcClient.create(TestDatabase.running().asOwner()));
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        store.note(Kind.ROWS, now);
        double age = store.ageSeconds(Kind.ROWS);

        store.note(Kind.ROWS, now.minus(Duration.ofDays(9)));

        assertThat(store.ageSeconds(Kind.ROWS)).isBetween(age, age + DAY);
    }

    @Test
    void an_archive_that_cannot_be_written_fails_until_it_can() throws Exception {
        Path archive = parent.toRealPath().resolve("archive");
        Path away = parent.toRealPath().resolve("away");
        try (BackedUpServer server = BackedUpServer.start(parent.toRealPath().resolve("data"), Optional.of(archive))) {
            var watch = asApplication(server);
            JdbcClient superuser = JdbcClient.create(Connections.unpooled(
                    server.server().url(), ofTheSuperuser(parent.toRealPath().resolve("data")), ""));
            finishFile(server, superuser);
            await(watch, state -> hasFiles(archive));
            assertThat(watch.archive().failingSeconds()).isZero();

            Files.move(archive, away);
            finishFile(server, superuser);
            await(watch, state -> state.failingSeconds() > 0);
            finishFile(server, superuser);
            await(watch, state -> state.waitingFiles() > 0);

            Files.move(away, archive);
            finishFile(server, superuser);
            await(watch, state -> state.equals(new Archive(0, 0)));
        }
    }

    @Test
    void where_nothing_is_archived_nothing_fails() {
        assertThat(TestServer.running().bean(BackupWatch.class).state().archive())
                .isEqualTo(new Archive(0, 0));
    }

    private static LastBackupStore asApplication(BackedUpServer server) {
        return new LastBackupStore(JdbcClient.create(
                Connections.unpooled(server.server().url(), server.server().application(), "")));
    }

    private static void company(BackedUpServer server, Duration age) {
        server.owner().sql("""
                        insert into platform.companies (company_id, tenant_id, environment, environment_key, name,
                               name_key, display_name, settings, created_at)
                        values (gen_random_uuid(), gen_random_uuid(), 'a', 'a', 'b', 'b', 'b', '{}',
                                clock_timestamp() - :seconds * interval '1 second')
                        """).param("seconds", age.toSeconds()).update();
    }

    private static Credentials ofTheSuperuser(Path data) throws IOException {
        var passwords = new Properties();
        passwords.load(new StringReader(Files.readString(data.resolve("postgres/passwords"))));
        return new Credentials("postgres", passwords.getProperty("superuser"));
    }

    private static void finishFile(BackedUpServer server, JdbcClient superuser) {
        server.acknowledge(server.highest() + 1);
        superuser.sql("select pg_switch_wal()::text").query(String.class).single();
    }

    private static boolean hasFiles(Path archive) {
        return Objects.requireNonNull(archive.toFile().list((directory, name) -> name.matches("[0-9A-F]{24}\\.gz")))
                        .length
                > 0;
    }

    private static void await(LastBackupStore watch, Predicate<Archive> wanted) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        Archive state = watch.archive();
        while (!wanted.test(state) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            state = watch.archive();
        }
        assertThat(wanted.test(state)).as("in time: %s", state).isTrue();
    }
}
