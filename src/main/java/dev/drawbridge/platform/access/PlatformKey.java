package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;

/** The key of the person who runs the server: every permission in every company, and it creates companies. */
final class PlatformKey {

    static final Caller CALLER =
            new Caller(new UUID(0, 0), Optional.empty(), Optional.empty(), EnumSet.allOf(Permission.class));

    private final byte[] key;

    PlatformKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(key, presented.getBytes(StandardCharsets.UTF_8));
    }
}
