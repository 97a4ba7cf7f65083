package dev.drawbridge.platform.access;

import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.ServerSecret;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.server.StartRefused;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keys the hashes of API keys and page keys, and the key of the person who runs the server. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final int KEY_LENGTH_MIN = 32;

    /** What a header brings unchanged: blanks at its ends are cut off, and other characters have no agreed encoding. */
    private static final String SENDABLE = "[^\\p{Cntrl} ]([^\\p{Cntrl}]*[^\\p{Cntrl} ])?";

    @Bean
    KeyedHash keyedHash(ServerSecret secret) {
        return new KeyedHash(secret.derive("keyed-hashes"));
    }

    @Bean
    PlatformKey platformKey(ServerSettings settings, @Value("${DRAWBRIDGE_PLATFORM_KEY:}") String given) {
        if (given.isEmpty()) {
            Path file = PrivateFiles.directory(settings.data()).resolve("platform-key");
            return new PlatformKey(PrivateFiles.readOrCreate(
                    file, () -> KeyText.random(KeyText.Kind.LIVE).whole()));
        }
        if (given.length() < KEY_LENGTH_MIN) {
            throw new StartRefused("DRAWBRIDGE_PLATFORM_KEY has " + given.length() + " characters; it must have "
                    + KEY_LENGTH_MIN + " or more, random ones.");
        }
        if (!given.matches(SENDABLE)) {
            throw new StartRefused("DRAWBRIDGE_PLATFORM_KEY cannot be sent in a header as it is; take visible"
                    + " characters, with blanks only between them.");
        }
        return new PlatformKey(given);
    }
}
