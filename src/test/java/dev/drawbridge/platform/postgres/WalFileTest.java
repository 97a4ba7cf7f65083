package dev.drawbridge.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalFileTest {

    private static final String LAST = "0000000100000000000000FE";

    @TempDir
    private Path archive = Path.of("");

    @Test
    void files_follow_one_another_as_postgresql_numbers_them() {
        assertThat(WalFile.of(LAST).next()).hasToString("0000000100000000000000FF");
        assertThat(WalFile.of(LAST).next().next()).hasToString("000000010000000100000000");
        assertThat(WalFile.of("0000000A0000000B000000FF.gz").next()).hasToString("0000000A0000000C00000000");
    }

    @Test
    void an_archive_that_goes_on_where_the_backup_ends_is_taken() throws IOException {
        kept("0000000100000000000000FD.gz");
        check();

        kept("0000000100000000000000FE.gz");
        kept("0000000100000000000000FF.gz");
        kept("000000010000000100000000");
        kept("0000000100000000000000FE.00000028.backup.gz");
        check();
    }

    @Test
    void a_file_that_is_missing_between_others_is_named() throws IOException {
        kept("0000000100000000000000FF.gz");
        kept("000000010000000100000001.gz");

        assertThatThrownBy(this::check)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("lacks 000000010000000100000000");
    }

    @Test
    void an_archive_of_another_database_is_refused_and_one_that_says_nothing_is_not() throws IOException {
        Files.writeString(archive.resolve("system-identifier"), "42\n");
        assertThatCode(this::check).doesNotThrowAnyException();

        Files.writeString(archive.resolve("system-identifier"), "43\n");
        assertThatThrownBy(this::check).hasMessageContaining("is of another database than the backup");
    }

    @Test
    void an_archive_that_is_no_directory_is_refused() {
        assertThatThrownBy(() -> recovery(archive.resolve("nowhere")).check()).hasMessageContaining("is no directory");
    }

    @Test
    void the_timeline_is_the_newest_that_left_the_backups_own_after_it_was_finished() throws IOException {
        assertThat(Timelines.newestAfter(archive, 1, "0/FE000120")).isEqualTo(1);

        Files.writeString(archive.resolve("00000002.history"), "1\t0/FE000120\tno recovery target specified\n");
        assertThat(Timelines.newestAfter(archive, 1, "0/FE000120")).isEqualTo(2);

        Files.writeString(archive.resolve("00000003.history"), "1\t0/FE00011F\tbefore 2026-11-21 10:30:00+00\n");
        assertThat(Timelines.newestAfter(archive, 1, "0/FE000120")).isEqualTo(2);
        assertThat(Timelines.newestAfter(archive, 3, "0/FE000120")).isEqualTo(3);

        Files.writeString(archive.resolve("0000000A.history"), "1\t1/0\tx\n\n2\t1/10\tx\n");
        assertThat(Timelines.newestAfter(archive, 1, "0/FE000120")).isEqualTo(10);
        assertThat(Timelines.newestAfter(archive, 2, "1/0")).isEqualTo(10);
    }

    private void check() {
        recovery(archive).check();
    }

    private static WalRecovery recovery(Path directory) {
        return new WalRecovery(
                new WalRecovery.Copy("42", "0/FE000120", LAST), Optional.of(directory), Optional.empty());
    }

    private void kept(String name) throws IOException {
        Files.writeString(archive.resolve(name), "");
    }
}
