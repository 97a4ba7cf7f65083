package dev.drawbridge.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as text: {@code dbk_live_<key id>_<secret><checksum>}, or {@code dbk_test_} outside production. The
 * checksum is the CRC-32 of everything before it, so that scanners and this server refuse garbage without a look-up.
 *
 * @param secret 32 Base62 characters, 190 random bits
 */
record KeyText(Kind kind, String keyId, String secret) {

    enum Kind {
        LIVE("dbk_live_"),
        TEST("dbk_test_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }
    }

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int KEY_ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile("(dbk_(?:live|test)_)([0-9A-Za-z]{" + KEY_ID_LENGTH
            + "})_([0-9A-Za-z]{" + SECRET_LENGTH + "})([0-9A-Za-z]{" + CHECKSUM_LENGTH + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random(Kind kind) {
        return new KeyText(kind, randomText(KEY_ID_LENGTH), randomText(SECRET_LENGTH));
    }

    static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !form.group(4).equals(checksum(text.substring(0, form.start(4))))) {
            return Optional.empty();
        }
        Kind kind = form.group(1).equals(Kind.LIVE.prefix) ? Kind.LIVE : Kind.TEST;
        return Optional.of(new KeyText(kind, form.group(2), form.group(3)));
    }

    /** What may be shown again, to recognise the key. */
    String prefix() {
        return kind.prefix + keyId;
    }

    /** The whole key, to be shown once. */
    String whole() {
        String unchecked = prefix() + "_" + secret;
        return unchecked + checksum(unchecked);
    }

    private static String randomText(int length) {
        return RANDOM.ints(length, 0, BASE62.length())
                .collect(StringBuilder::new, (text, index) -> text.append(BASE62.charAt(index)), StringBuilder::append)
                .toString();
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        long rest = crc.getValue();
        for (int index = 0; index < CHECKSUM_LENGTH; index++) {
            digits.append(BASE62.charAt((int) (rest % BASE62.length())));
            rest /= BASE62.length();
        }
        return digits.reverse().toString();
    }

    /** Not the record's own: that would print the secret. */
    @Override
    public String toString() {
        return prefix();
    }
}
