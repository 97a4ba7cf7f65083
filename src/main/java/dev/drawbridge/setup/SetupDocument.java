package dev.drawbridge.setup;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.platform.web.WebProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A setup as it was written, in YAML or JSON: one tree, whose numbers keep their decimals, and the places in it that
 * no setup may have. It is not validated yet.
 */
final class SetupDocument {

    static final int BYTES_MAX = 2 * 1024 * 1024;

    private final ObjectNode tree;
    private final Violations violations;

    private SetupDocument(ObjectNode tree, Violations violations) {
        this.tree = tree;
        this.violations = violations;
    }

    /** @param utf8 the file; a byte order mark at its start is harmless */
    static SetupDocument ofYaml(byte[] utf8) {
        if (utf8.length > BYTES_MAX) {
            throw new Problem(WebProblem.PAYLOAD_TOO_LARGE);
        }
        var violations = new Violations();
        JsonNode tree = YamlTree.read(text(utf8), violations);
        if (tree instanceof ObjectNode object) {
            return new SetupDocument(object, violations);
        }
        throw malformed("The body is not a YAML mapping; send the setup as one mapping that begins with company:.");
    }

    /** @param body with decimals that were read exactly */
    static SetupDocument ofJson(JsonNode body) {
        var violations = new Violations();
        ObjectNode tree = (ObjectNode) body.deepCopy();
        refuseUnreasonableNumbers(tree, "", violations);
        return new SetupDocument(tree, violations);
    }

    ObjectNode tree() {
        return tree;
    }

    /** What was refused so far, here and in the validation that follows. */
    Violations violations() {
        return violations;
    }

    private static String text(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw malformed("The body is not UTF-8; send YAML in UTF-8.");
        }
    }

    private static Problem malformed(String message) {
        return new Problem(WebProblem.INVALID_JSON, message, List.of(), Map.of());
    }

    /** A number such as 1e999999999 is short to write and fills the memory when it is rounded: it is taken out. */
    private static void refuseUnreasonableNumbers(JsonNode node, String pointer, Violations violations) {
        if (node instanceof ObjectNode object) {
            for (Entry<String, JsonNode> property : List.copyOf(object.properties())) {
                String place = Fields.child(pointer, property.getKey());
                if (isUnreasonable(property.getValue(), place, violations)) {
                    object.putNull(property.getKey());
                }
                refuseUnreasonableNumbers(property.getValue(), place, violations);
            }
        }
        if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                if (isUnreasonable(array.get(index), pointer + "/" + index, violations)) {
                    array.setNull(index);
                }
                refuseUnreasonableNumbers(array.get(index), pointer + "/" + index, violations);
            }
        }
    }

    private static boolean isUnreasonable(JsonNode value, String place, Violations violations) {
        if (!value.isNumber() || PlainScalar.isReasonable(value.decimalValue())) {
            return false;
        }
        violations.add(place, ViolationCode.OUT_OF_RANGE, "This number is out of every range; correct it.");
        return true;
    }
}
