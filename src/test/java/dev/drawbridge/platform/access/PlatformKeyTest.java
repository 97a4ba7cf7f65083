package dev.drawbridge.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformKeyTest {

    private final AccessConfiguration configuration = new AccessConfiguration();

    @TempDir
    Path data = Path.of("");

    @Test
    void without_a_given_key_one_is_made_for_its_owner_only_and_kept() throws IOException {
        PlatformKey first = key("");
        Path file = data.resolve("platform-key");
        String text = Files.readString(file).strip();

        assertThat(KeyText.parse(text)).isPresent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(first.matches(text)).isTrue();
        assertThat(key("").matches(text)).isTrue();
        assertThat(first.matches(text + " ")).isFalse();
    }

    @Test
    void a_given_key_has_32_characters_or_more() {
        assertThatThrownBy(() -> key("k".repeat(31)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("DRAWBRIDGE_PLATFORM_KEY has 31 characters");
        assertThat(key("k".repeat(32)).matches("k".repeat(32))).isTrue();
        assertThat(key("blanks within a key are its own, all").matches("blanks within a key are its own, all"))
                .isTrue();
        assertThat(data).isEmptyDirectory();
    }

    /** The container shows a header byte by byte. */
    @Test
    void a_key_may_have_letters_beyond_ascii() {
        String key = "a-key-with-a-letter-of-Denmark-ø-123456";
        String asHeader = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(key(key).matches(asHeader)).isTrue();
        assertThat(key(key).matches(key.replace('ø', 'o'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a-key-with-a-blank-before-it-1234567890",
                "a-key-with-a-blank-after-it-12345678901 ",
                "a-key-with-a-tab-\t-in-the-middle-123456",
            })
    void a_key_that_no_header_can_bring_ends_the_start(String given) {
        assertThatThrownBy(() -> key(given))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("DRAWBRIDGE_PLATFORM_KEY");
    }

    private PlatformKey key(String given) {
        var settings = new ServerSettings(data, 8080, false, null, URI.create("http://localhost:8080"));
        return configuration.platformKey(settings, given);
    }
}
