package dev.drawbridge.platform.backup;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.postgres.EmbeddedPostgres;
import dev.drawbridge.platform.server.StartRefused;
import dev.drawbridge.platform.time.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a server elsewhere, which the database of the tests is, to an embedded one, and on to another elsewhere. */
@Timeout(300)
class RowsBackupTest {

    /** After a restore the feed goes on elsewhere, and that is all that differs. */
    private static final List<String> OF_THE_FEED = List.of("platform.feed_heads", "platform.feed_gaps");

    @TempDir
    private Path parent = Path.of("");

    private Path backup = parent;
    private Path copy = parent;

    @BeforeEach
    void the_rows_of_a_castle_with_orders() throws IOException {
        parent = parent.toRealPath();
        backup = parent.resolve("backup");
        copy = parent.resolve("copy");
        Files.createDirectories(parent.resolve("data"));
        Files.writeString(parent.resolve("data/secret"), "the secret of those rows");
        Castle castle = Castle.opened();
        String body = order().paid()
                .line("31001", 2, Castle.weekday(), "10:30:00")
                .with("\"sellToName\": \"Åse \\\\ and 'quotes'\"")
                .toString();
        castle.partner(Castle.JOURNEY_DEALS)
                .with("Idempotency-Key", "kept")
                .post("/channelManager", body)
                .is(201);
        castle.settle();
        TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals("change-feed"))
                .forEach(Job::runOnce);
    }

    @Test
    void every_table_has_the_same_rows_after_a_way_through_two_other_databases() throws Exception {
        BackupContents first = take(elsewhere(TestDatabase.running().server(), parent.resolve("data")), backup);
        assertThat(rowsOf(first, "orders.orders")).isPositive();
        assertThat(rowsOf(first, "platform.idempotent_requests")).isPositive();

        new Restoration(BackedUpServer.places(copy)).of(backup, Optional.empty(), Optional.empty());
        assertThat(copy.resolve("secret")).hasContent("the secret of those rows");
        Path ofTheCopy = parent.resolve("of the copy");
        BackupContents second = take(BackedUpServer.places(copy), ofTheCopy);
        assertSameRows(first, backup, second, ofTheCopy);

        try (EmbeddedPostgres other = EmbeddedPostgres.start(parent.resolve("other"), TestDatabase.BINARIES, 20)) {
            BackupPlaces there = elsewhere(other.server(), parent.resolve("there"));
            new Restoration(there).of(ofTheCopy, Optional.empty(), Optional.empty());
            Path ofTheOther = parent.resolve("of the other");
            assertSameRows(second, ofTheCopy, take(there, ofTheOther), ofTheOther);

            assertThatThrownBy(() -> new Restoration(elsewhere(other.server(), parent.resolve("again")))
                            .of(ofTheCopy, Optional.empty(), Optional.empty()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("has rows in");
        }
    }

    @Test
    void row_level_security_and_triggers_are_what_they_were() {
        take(elsewhere(TestDatabase.running().server(), parent.resolve("data")), backup);
        new Restoration(BackedUpServer.places(copy)).of(backup, Optional.empty(), Optional.empty());

        try (BackedUpServer restored = BackedUpServer.start(copy, Optional.empty())) {
            assertThat(restored.owner().sql("""
                                    select count(*) filter (where relrowsecurity <> relforcerowsecurity)
                                           + count(*) filter (where oid in (select tgrelid from pg_catalog.pg_trigger
                                                                             where tgenabled = 'D'))
                                      from pg_catalog.pg_class where relkind = 'r'
                                    """).query(Long.class).single()).isZero();
            assertThat(restored.owner()
                            .sql("select count(*) from orders.orders")
                            .query(Long.class)
                            .single())
                    .as("the owner of no company sees nothing")
                    .isZero();
            assertThat(restored.feedGaps()).isPositive();
            Long next = restored.owner()
                    .sql("select nextval('platform.change_log_id_seq')")
                    .query(Long.class)
                    .single();
            Long last = restored.owner()
                    .sql("select max(id) from platform.change_log")
                    .query(Long.class)
                    .single();
            assertThat(next).isGreaterThan(last);
        }
    }

    @Test
    void a_torn_file_and_rows_of_another_schema_are_refused_and_nothing_is_left() throws Exception {
        take(elsewhere(TestDatabase.running().server(), parent.resolve("data")), backup);
        Path rows = backup.resolve("rows/orders.orders");
        byte[] content = Files.readAllBytes(rows);
        Files.write(rows, Arrays.copyOf(content, content.length - 1));
        assertRefused("The file rows/orders.orders of the backup is not what it was");
        Files.write(rows, content);

        Path manifest = backup.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("\"schema\" : \"0*[0-9]+\"", "\"schema\" : \"0001\""));
        assertRefused("The rows are of schema 0001");
        Files.writeString(manifest, text);

        assertThatThrownBy(() ->
                        new Restoration(BackedUpServer.places(copy)).of(backup, Optional.of(parent), Optional.empty()))
                .hasMessageContaining("which no write-ahead log goes on from");
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() ->
                        new Restoration(BackedUpServer.places(copy)).of(backup, Optional.empty(), Optional.empty()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(words);
        assertThat(copy.resolve("postgres")).doesNotExist();
        assertThat(copy.resolve("secret")).doesNotExist();
    }

    private static BackupContents take(BackupPlaces places, Path target) {
        new RowsBackup(places).take(target);
        return BackupDirectory.read(target);
    }

    private static void assertSameRows(BackupContents before, Path first, BackupContents after, Path second)
            throws IOException {
        List<BackupContents.Table> tables = before.ofRows().orElseThrow().tables();
        assertThat(after.ofRows().orElseThrow().tables()).hasSameSizeAs(tables);
        for (BackupContents.Table table : tables) {
            if (!OF_THE_FEED.contains(table.fullName())) {
                assertThat(rowsOf(after, table.fullName())).as(table.fullName()).isEqualTo(table.rows());
                assertThat(sorted(second.resolve(table.file())))
                        .as(table.fullName())
                        .isEqualTo(sorted(first.resolve(table.file())));
            }
        }
    }

    private static List<String> sorted(Path file) throws IOException {
        return Files.readAllLines(file).stream().sorted().toList();
    }

    private static long rowsOf(BackupContents manifest, String table) {
        return manifest.ofRows().orElseThrow().tables().stream()
                .filter(each -> each.fullName().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    private static BackupPlaces elsewhere(DatabaseServer server, Path data) {
        return new BackupPlaces(data, Optional.of(server), TestDatabase.BINARIES, false);
    }
}
