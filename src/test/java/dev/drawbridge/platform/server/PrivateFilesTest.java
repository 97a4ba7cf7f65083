package dev.drawbridge.platform.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and keys in the data directory. */
class PrivateFilesTest {

    @TempDir
    private Path scratch;

    /** With an external database nothing else has made the data directory by then. */
    @Test
    void the_first_file_of_a_new_data_directory_makes_it_for_its_owner_only() throws IOException {
        Path data = scratch.resolve("data");
        Path file = data.resolve("platform-key");

        String made = PrivateFiles.readOrCreate(file, () -> "a key");

        assertThat(made).isEqualTo("a key");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void a_file_that_is_there_is_not_made_anew() {
        Path file = scratch.resolve("platform-key");
        PrivateFiles.write(file, "first");

        assertThat(PrivateFiles.readOrCreate(file, () -> "second")).isEqualTo("first");
    }

    @Test
    void a_file_that_is_written_again_has_the_new_text_and_nothing_beside_it() throws IOException {
        Path file = scratch.resolve("platform-key");
        PrivateFiles.write(file, "a longer text");
        PrivateFiles.write(file, "short");

        assertThat(PrivateFiles.read(file)).isEqualTo("short");
        try (var files = Files.list(scratch)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
