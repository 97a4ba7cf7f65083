package dev.drawbridge.webhooks;

import dev.drawbridge.platform.server.ServerSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The secrets that sign deliveries. Whoever signs needs the secret itself, so it is stored; encrypted (AES-256-GCM),
 * with a key that is not in the database, and bound to its subscription.
 */
@Component
class SigningSecrets {

    static final String PREFIX = "whsec_";

    private static final String PURPOSE = "webhook-secrets";
    private static final String SIGNATURE = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int SECRET_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SigningSecrets(ServerSecret secret) {
        this.key = new SecretKeySpec(secret.derive(PURPOSE), "AES");
    }

    byte[] next() {
        return random(SECRET_BYTES);
    }

    /** As a receiver is told it, once. */
    static String shown(byte[] secret) {
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    byte[] encrypt(byte[] secret, UUID subscription) {
        byte[] nonce = random(NONCE_BYTES);
        byte[] hidden = crypt(Cipher.ENCRYPT_MODE, nonce, secret, subscription);
        return ByteBuffer.allocate(nonce.length + hidden.length)
                .put(nonce)
                .put(hidden)
                .array();
    }

    byte[] decrypt(byte[] stored, UUID subscription) {
        byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
        byte[] hidden = Arrays.copyOfRange(stored, NONCE_BYTES, stored.length);
        return crypt(Cipher.DECRYPT_MODE, nonce, hidden, subscription);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text, UUID subscription) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(subscription.getMostSignificantBits())
                    .putLong(subscription.getLeastSignificantBits())
                    .flip());
            return cipher.doFinal(text);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(
                    "A webhook's secret cannot be read: was DRAWBRIDGE_SECRET changed? subscription=" + subscription,
                    failure);
        }
    }

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * The header {@code webhook-signature} of the Standard Webhooks specification, version {@code v1} (HMAC-SHA256).
     *
     * @param secrets each gives one signature, separated by blanks: while a secret is being replaced there are two
     * @param seconds the header {@code webhook-timestamp}
     */
    static String sign(String id, long seconds, byte[] body, List<byte[]> secrets) {
        return secrets.stream()
                .map(secret -> "v1," + signature(id, seconds, body, secret))
                .collect(Collectors.joining(" "));
    }

    private static String signature(String id, long seconds, byte[] body, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(SIGNATURE);
            mac.init(new SecretKeySpec(secret, SIGNATURE));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java platform has " + SIGNATURE, missing);
        }
    }
}
