package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bytes to one JSON object, or {@code invalid_json} with the place where it stops being one. */
final class JsonBody {

    private static final String LIMITS = "objects and arrays nest at most 64 deep, a property's name has at most 256"
            + " characters and a number at most 1000 digits.";

    private JsonBody() {}

    static JsonNode parse(byte[] body, JsonMapper mapper) {
        JsonNode node;
        try {
            node = mapper.readTree(utf8(body));
        } catch (StreamConstraintsException beyondLimit) {
            throw invalid("The body is JSON beyond our limits" + place(beyondLimit) + ": " + LIMITS);
        } catch (JacksonException malformed) {
            TokenStreamLocation at = malformed.getLocation();
            throw at == null ? invalid() : invalidAt(at.getLineNr(), at.getColumnNr());
        } catch (NumberFormatException exponentTooLarge) {
            throw invalid("The body has a number whose exponent is too large; send a smaller one.");
        }
        if (node == null || !node.isObject()) {
            throw invalid();
        }
        return node;
    }

    /** Jackson would guess UTF-16 and repair broken UTF-8; the contract says UTF-8. */
    private static String utf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(body), text, true);
        text.flip();
        if (result.isError()) {
            String before = text.toString();
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            throw invalidAt(line, before.length() - before.lastIndexOf('\n'));
        }
        return text.toString();
    }

    private static String place(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static Problem invalid(String message) {
        return new Problem(WebProblem.INVALID_JSON, message, List.of(), Map.of());
    }

    private static Problem invalid() {
        return new Problem(WebProblem.INVALID_JSON);
    }

    private static Problem invalidAt(int line, int column) {
        return invalid("The body is not well-formed JSON from line " + line + ", column " + column
                + " on; send one well-formed JSON object in UTF-8.");
    }
}
