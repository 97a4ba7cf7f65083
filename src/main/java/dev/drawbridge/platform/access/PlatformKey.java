package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The key of the person who runs the server: every permission in every company, and it creates companies. */
@Component
public class PlatformKey {

    static final Caller CALLER =
            new Caller(new UUID(0, 0), Optional.empty(), Optional.empty(), EnumSet.allOf(Permission.class));

    private static final int LENGTH_MIN = 32;

    private final byte[] key;

    PlatformKey(@Value("${DRAWBRIDGE_PLATFORM_KEY:}") String given) {
        if (!given.isEmpty() && given.length() < LENGTH_MIN) {
            throw new IllegalStateException("DRAWBRIDGE_PLATFORM_KEY is shorter than " + LENGTH_MIN + " characters");
        }
        String whole = given.isEmpty() ? KeyText.random(KeyText.Kind.LIVE).whole() : given;
        this.key = whole.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(key, presented.getBytes(StandardCharsets.UTF_8));
    }
}
