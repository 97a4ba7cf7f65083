package dev.drawbridge.platform.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** What keys the hashes of API keys, page keys and stored secrets: the same on every node and after every start. */
public final class ServerSecret {

    private static final int LENGTH_MIN = 32;
    private static final int BYTES = 32;

    private final byte[] secret;

    private ServerSecret(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Of a person who chose one, so that several nodes share it. */
    static ServerSecret given(String secret) {
        if (secret.length() < LENGTH_MIN) {
            throw new StartRefused("DRAWBRIDGE_SECRET has " + secret.length() + " characters; it must have "
                    + LENGTH_MIN + " or more, random ones.");
        }
        return new ServerSecret(secret);
    }

    /** Made at the first start and kept. */
    static ServerSecret keptIn(Path file) {
        return given(PrivateFiles.readOrCreate(file, () -> {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            return HexFormat.of().formatHex(random);
        }));
    }

    /**
     * A key of 32 bytes for one purpose (RFC 5869, HKDF with SHA-256): no purpose's key tells anything about another's.
     *
     * @param purpose a name that never changes, for example {@code api-keys}
     */
    public byte[] derive(String purpose) {
        try {
            byte[] context = ("drawbridge/" + purpose).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(context, BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java 25 has HKDF-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "ServerSecret[...]";
    }
}
