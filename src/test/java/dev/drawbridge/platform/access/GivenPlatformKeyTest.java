package dev.drawbridge.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.server.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenPlatformKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a-key-with-a-blank-before-it-1234567890",
                "a-key-with-a-blank-after-it-12345678901 ",
                "a-key-with-a-letter-of-Denmark-ø-123456",
                "a-key-with-a-tab-\t-in-the-middle-123456",
            })
    void a_key_that_no_header_can_bring_ends_the_start(String key) {
        assertThatThrownBy(() -> platformKey(key))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("DRAWBRIDGE_PLATFORM_KEY");
    }

    @Test
    void blanks_within_a_key_are_its_own() {
        String key = "four words and then some more ~!";

        assertThat(platformKey(key).matches(key)).isTrue();
    }

    private static PlatformKey platformKey(String given) {
        var settings = new ServerSettings(Path.of("target"), 8080, false, null, URI.create("http://localhost:8080"));
        return new AccessConfiguration().platformKey(settings, given);
    }
}
