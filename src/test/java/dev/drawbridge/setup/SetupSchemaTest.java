package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Json;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published JSON Schema and the server say the same: every place of the castle is changed in many ways, and both
 * judge each change.
 */
class SetupSchemaTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(resource("setup/setup.schema.json"));
    private static final JsonNode CASTLE = SetupDocument.ofYaml(
                    resource("demo/castle.yaml").getBytes(StandardCharsets.UTF_8))
            .tree();

    /** What only the server can say: it compares places with one another, counts time, and knows the world's names. */
    private static final Set<String> SERVER_ONLY =
            Set.of("unknown_reference", "unknown_component", "duplicate_value", "conflict", "unknown_language");

    private static final Pattern LENGTHS_OF_TIME_AND_THE_LIKE =
            Pattern.compile("(saleHorizon|draftHold|guestDataKept|per|tolerance|entryFrom|every|lasts|validity)"
                    + " (out_of_range|invalid_format)"
                    + "|(until|untilTime|validUntil|next) out_of_range"
                    + "|(timeZone|currency|numberPattern|walletReferencePattern|logo) invalid_format"
                    + "|prefix too_long");

    private static final List<Change> CHANGES = changes();

    @Test
    void the_castle_is_valid() {
        assertThat(SCHEMA.validate(CASTLE)).isEmpty();
    }

    @Test
    void what_the_server_accepts_the_schema_accepts() {
        assertThat(CHANGES)
                .filteredOn(change -> change.refused.isEmpty() && !change.refusedBySchema.isEmpty())
                .isEmpty();
    }

    @Test
    void what_the_server_refuses_the_schema_refuses_too_where_it_can() {
        assertThat(CHANGES)
                .filteredOn(change -> isForTheSchema(change.refused) && change.refusedBySchema.isEmpty())
                .isEmpty();
    }

    @Test
    void what_does_not_go_together_is_refused_by_both() {
        List<Consumer<ObjectNode>> together = List.of(
                root -> at(root, "/items/9")
                        .set("price", JSON.readTree("{\"amount\":1,\"includesVat\":true,\"vatPercent\":0}")),
                root -> at(root, "/items/9").put("ticketType", "ENTRY"),
                root -> at(root, "/items/0").remove("price"),
                root -> at(root, "/items/0/priceRules/0").put("fixed", 5),
                root -> at(root, "/couponTypes/0/discount").put("percent", 5),
                root -> at(root, "/ticketTypes/0").put("numberPattern", "A[S]"),
                root -> at(root, "/ticketTypes/4").put("numberPattern", "A[N*9]"),
                root -> at(root, "/company").put("walletReferencePattern", "W[S]"),
                root -> at(root, "/admissions/0/schedules/0").putArray("at").add("10:00"),
                root -> at(root, "/admissions/1/schedules/0").put("every", "PT1H"),
                root -> at(root, "/admissions/2/schedules/0").put("every", "PT1H"),
                root -> at(root, "/admissions/3").putArray("closedOn").add("2026-12-24"),
                root -> at(root, "/admissions/3").put("entry", "DAY"),
                root -> at(root, "/partners/1/documentNumbers").put("prefix", "Cm-"),
                root -> at(root, "/partners/1/documentNumbers").put("prefix", "[S]"),
                root -> at(root, "/company").put("name", "A/B"),
                root -> at(root, "/company").put("environment", ".."),
                root -> at(root, "/company").put("name", "21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e"));

        for (Consumer<ObjectNode> change : together) {
            ObjectNode document = (ObjectNode) CASTLE.deepCopy();
            change.accept(document);
            boolean tolerable = refusals(document).isEmpty();
            assertThat(SCHEMA.validate(document).isEmpty())
                    .as("change %d, refused by the server: %s", together.indexOf(change), refusals(document))
                    .isEqualTo(tolerable);
        }
    }

    private static boolean isForTheSchema(List<String> refusals) {
        return refusals.stream().anyMatch(refusal -> {
            String fieldAndCode = refusal.substring(refusal.lastIndexOf('/') + 1);
            String code = fieldAndCode.substring(fieldAndCode.lastIndexOf(' ') + 1);
            return !SERVER_ONLY.contains(code)
                    && !LENGTHS_OF_TIME_AND_THE_LIKE.matcher(fieldAndCode).matches();
        });
    }

    private static List<String> refusals(JsonNode document) {
        try {
            SetupValidation.of(SetupDocument.ofJson(document), CompanyPlace.ANYWHERE, JSON);
            return List.of();
        } catch (Problem refused) {
            return refused.details().stream().map(SetupSchemaTest::placeAndCode).toList();
        }
    }

    private static String placeAndCode(Violation violation) {
        return violation.field() + " " + violation.code();
    }

    /** One change of the castle, and what both say of it. */
    private record Change(String what, List<String> refused, List<String> refusedBySchema) {}

    private static List<Change> changes() {
        Map<String, String> places = new LinkedHashMap<>();
        collect(CASTLE, "", places);
        return places.values().stream().flatMap(SetupSchemaTest::changes).toList();
    }

    /** One place of each kind: the entries of a list are alike. */
    private static void collect(JsonNode node, String pointer, Map<String, String> places) {
        places.putIfAbsent(pointer.replaceAll("/[0-9]+", "/*"), pointer);
        node.properties()
                .forEach(property -> collect(property.getValue(), Fields.child(pointer, property.getKey()), places));
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                collect(node.get(index), pointer + "/" + index, places);
            }
        }
    }

    private static Stream<Change> changes(String pointer) {
        if (pointer.isEmpty()) {
            return Stream.of(changed(pointer, "unknown", root -> root.put("unknown", 1)));
        }
        int slash = pointer.lastIndexOf('/');
        String parent = pointer.substring(0, slash);
        String name = pointer.substring(slash + 1);
        Stream<Change> replaced = replacements(CASTLE.at(pointer))
                .map(value -> changed(pointer, value.toString(), root -> set(root.at(parent), name, value)));
        Stream<Change> removed = CASTLE.at(parent).isObject()
                ? Stream.of(changed(pointer, "removed", root -> ((ObjectNode) root.at(parent)).remove(name)))
                : Stream.empty();
        Stream<Change> extended = CASTLE.at(pointer).isObject()
                ? Stream.of(
                        changed(pointer, "unknown", root -> at(root, pointer).put("unknown", 1)))
                : Stream.empty();
        return Stream.of(replaced, removed, extended).flatMap(change -> change);
    }

    private static Stream<JsonNode> replacements(JsonNode value) {
        Stream<JsonNode> anything = Stream.of(
                NODES.booleanNode(true),
                NODES.numberNode(7),
                NODES.stringNode("word"),
                NODES.objectNode(),
                NODES.arrayNode());
        return Stream.concat(anything, value.isNumber() ? numbers() : value.isString() ? texts() : Stream.empty());
    }

    private static Stream<JsonNode> numbers() {
        return Stream.of("-1", "0", "0.5", "0.001", "0.00001", "101", "1000.01", "10000", "1000000000", "1000000000000")
                .map(JSON::readTree);
    }

    private static Stream<JsonNode> texts() {
        return Stream.of(
                        "",
                        " ",
                        " word",
                        "word ",
                        "a\nb",
                        "a\u0000b",
                        "a\u202Eb",
                        "x".repeat(31),
                        "x".repeat(101),
                        "x".repeat(251),
                        "\uD83C\uDFF0".repeat(20),
                        "24:00",
                        "24:01",
                        "9:00",
                        "09:00:00",
                        "2026-12-24",
                        "2026-12-32",
                        "2026-13-01",
                        "P1D",
                        "PT0S",
                        "P0D",
                        "PT1H",
                        "P1Y2M3W4D",
                        "P",
                        "PT",
                        "-P1D",
                        "P1.5D",
                        "[N*18]",
                        "[Z]",
                        "[S",
                        "[N*0]",
                        "[N*18][S]",
                        "#a1B2c3",
                        "#fff",
                        "DKK",
                        "dkk",
                        "ENU",
                        "enu",
                        "MON",
                        "OPEN",
                        "GROUP",
                        "21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e",
                        "21e8c1d23f4a4c5b9e6d7f8a9b0c1d2e")
                .map(NODES::stringNode);
    }

    private static Change changed(String pointer, String what, Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) CASTLE.deepCopy();
        change.accept(document);
        return new Change(
                pointer + " = " + what,
                refusals(document),
                SCHEMA.validate(document).stream().map(Error::getMessage).toList());
    }

    private static void set(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    private static ObjectNode at(JsonNode root, String pointer) {
        return (ObjectNode) root.at(pointer);
    }

    private static String resource(String name) {
        try {
            return new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
