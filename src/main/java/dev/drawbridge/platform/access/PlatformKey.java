package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The key of the person who runs the server, {@link Caller#PLATFORM}. */
final class PlatformKey {

    private final byte[] key;

    PlatformKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** @param presented a header's value, in which the container shows each byte as one character */
    boolean matches(String presented) {
        return MessageDigest.isEqual(key, presented.getBytes(StandardCharsets.ISO_8859_1));
    }
}
