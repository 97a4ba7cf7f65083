package dev.drawbridge.platform.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with the server's secret; each purpose has a hash of its own. */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public KeyedHash(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    public byte[] of(String purpose, byte[] message) {
        byte[] prefix = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] whole = ByteBuffer.allocate(Integer.BYTES + prefix.length + message.length)
                .putInt(prefix.length)
                .put(prefix)
                .put(message)
                .array();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(whole);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, missing);
        }
    }
}
