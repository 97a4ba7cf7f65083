package dev.drawbridge.setup;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.ViolationCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Reads a logo and refuses what could harm whoever opens the page that shows it. */
final class LogoCheck {

    static final int BYTES_MAX = 256 * 1024;

    /** A picture is unpacked to four bytes a pixel: bounded, whatever it takes packed. */
    static final int PIXELS_PER_SIDE_MAX = 2_000;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int PNG_HEADER_END = 33;
    private static final int PNG_HEADER_LENGTH = 13;
    private static final int PNG_WIDTH_OFFSET = 16;
    private static final byte[] PNG_HEADER_NAME = {'I', 'H', 'D', 'R'};

    private final Fields fields;
    private final String field;

    private LogoCheck(Fields fields, String field) {
        this.fields = fields;
        this.field = field;
    }

    /** Absent and null answer empty, and so does a refused one. */
    static Optional<Design.Logo> read(Fields fields, String field) {
        return new LogoCheck(fields, field).read();
    }

    private Optional<Design.Logo> read() {
        return fields.parsed(field, LogoCheck::decoded, "a PNG or SVG in base64")
                .flatMap(this::picture);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            String base64 = text.replaceAll("\\s+", "");
            return Optional.of(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<Design.Logo> picture(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return refused(ViolationCode.TOO_LONG, "A logo may have 256 KiB; make it smaller.");
        }
        if (startsWith(bytes, 0, PNG_SIGNATURE)) {
            return png(bytes);
        }
        return switch (SvgCheck.of(bytes)) {
            case HARMLESS -> logo("image/svg+xml", bytes);
            case NO_SVG -> refused(ViolationCode.INVALID_FORMAT, "This is neither a PNG nor an SVG; convert it.");
            case ACTIVE ->
                refused(
                        ViolationCode.NOT_ALLOWED,
                        "This SVG has more than shapes, texts and gradients, such as scripts, links, pictures or a "
                                + "drawing program's own marks; save it as plain SVG.");
        };
    }

    private Optional<Design.Logo> png(byte[] bytes) {
        if (bytes.length < PNG_HEADER_END
                || ByteBuffer.wrap(bytes).getInt(PNG_SIGNATURE.length) != PNG_HEADER_LENGTH
                || !startsWith(bytes, PNG_SIGNATURE.length + Integer.BYTES, PNG_HEADER_NAME)) {
            return refused(ViolationCode.INVALID_FORMAT, "This PNG is damaged; export it again.");
        }
        int width = ByteBuffer.wrap(bytes).getInt(PNG_WIDTH_OFFSET);
        int height = ByteBuffer.wrap(bytes).getInt(PNG_WIDTH_OFFSET + Integer.BYTES);
        if (!isSide(width) || !isSide(height)) {
            return refused(
                    ViolationCode.OUT_OF_RANGE,
                    "A logo may have " + PIXELS_PER_SIDE_MAX + " x " + PIXELS_PER_SIDE_MAX + " pixels; scale it down.");
        }
        return logo("image/png", bytes);
    }

    private static boolean isSide(int pixels) {
        return pixels >= 1 && pixels <= PIXELS_PER_SIDE_MAX;
    }

    private static Optional<Design.Logo> logo(String mediaType, byte[] bytes) {
        return Optional.of(new Design.Logo(mediaType, Base64.getEncoder().encodeToString(bytes)));
    }

    private Optional<Design.Logo> refused(ViolationCode code, String message) {
        fields.refuse(field, code, message);
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] beginning) {
        return bytes.length >= from + beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }
}
