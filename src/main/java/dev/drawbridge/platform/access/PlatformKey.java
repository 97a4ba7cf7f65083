package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The key of the person who runs the server, {@link Caller#PLATFORM}. */
final class PlatformKey {

    private final byte[] key;

    PlatformKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(key, presented.getBytes(StandardCharsets.UTF_8));
    }
}
