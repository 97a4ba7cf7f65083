package dev.drawbridge.platform.requests;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-decoding once, strictly: what is no escape or no UTF-8 is refused, not guessed. */
final class PercentDecoding {

    private PercentDecoding() {}

    static Optional<String> decode(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(given.length);
        for (int index = 0; index < given.length; index++) {
            if (given[index] != '%') {
                decoded.put(given[index]);
            } else if (isEscape(given, index)) {
                decoded.put((byte)
                        (HexFormat.fromHexDigit(given[index + 1]) << 4 | HexFormat.fromHexDigit(given[index + 2])));
                index += 2;
            } else {
                return Optional.empty();
            }
        }
        return utf8(decoded.flip());
    }

    private static boolean isEscape(byte[] text, int percent) {
        return percent + 2 < text.length
                && HexFormat.isHexDigit(text[percent + 1])
                && HexFormat.isHexDigit(text[percent + 2]);
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return Optional.of(text.toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
