package dev.drawbridge.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSecretTest {

    private static final String GIVEN = "a secret that a person chose, of enough length";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_purpose_has_the_same_key_on_every_node_that_shares_the_secret() {
        byte[] key = ServerSecret.given(GIVEN).derive("api-keys");

        assertThat(key).hasSize(32).isEqualTo(ServerSecret.given(GIVEN).derive("api-keys"));
    }

    @Test
    void another_purpose_and_another_secret_have_other_keys() {
        byte[] key = ServerSecret.given(GIVEN).derive("api-keys");

        assertThat(key).isNotEqualTo(ServerSecret.given(GIVEN).derive("page-keys"));
        assertThat(key).isNotEqualTo(ServerSecret.given(GIVEN + ".").derive("api-keys"));
    }

    @Test
    void a_secret_of_31_characters_is_refused_and_one_of_32_is_taken() {
        assertThatThrownBy(() -> ServerSecret.given("x".repeat(31)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("31 characters");
        assertThat(ServerSecret.given("x".repeat(32)).derive("any")).hasSize(32);
    }

    @Test
    void without_one_a_random_one_is_made_and_kept_for_the_owner_only() throws IOException {
        Path file = directory.resolve("secret");
        byte[] first = ServerSecret.keptIn(file).derive("api-keys");

        assertThat(ServerSecret.keptIn(file).derive("api-keys")).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ServerSecret.keptIn(directory.resolve("other")).derive("api-keys"))
                .isNotEqualTo(first);
    }
}
