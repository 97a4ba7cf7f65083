package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.drawbridge.fixtures.OpenApiContract;
import dev.drawbridge.rules.ErrorCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document by itself: well-formed, whole, and true to the catalogue of errors. */
class ApiDocumentTest {

    /** Why a line cannot be issued is written for that line. */
    private static final String OF_A_LINE = "Line 100000: ";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode document = OpenApiContract.document();
    private final JsonNode components = document.required("components");

    private record Operation(String method, String path, JsonNode item, JsonNode node) {

        String id() {
            return node.path("operationId").asString("");
        }
    }

    /** A schema, and a value that should fit it. */
    private record Example(String name, JsonNode schema, JsonNode value) {

        List<String> faults() {
            return name.contains("/responses/")
                    ? OpenApiContract.faults(schema, value)
                    : OpenApiContract.faultsInAnyOrder(schema, value);
        }
    }

    @Test
    void it_is_openapi_3_1_served_at_the_public_base_url() {
        assertThat(document.required("openapi").asString()).startsWith("3.1.");
        assertThat(document.at("/servers/0/url").asString()).isEqualTo("http://localhost:8080");
    }

    @Test
    void every_reference_points_to_something_and_everything_shared_is_used() {
        List<String> references = new ArrayList<>();
        collectReferences(document, references);

        assertThat(references).allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        for (String kind : List.of("parameters", "headers", "responses", "schemas", "examples")) {
            assertThat(components.required(kind).propertyNames())
                    .filteredOn(name -> !name.equals("MethodNotAllowed"))
                    .allSatisfy(name -> assertThat(references).as(kind).anyMatch(reference -> (reference + "/")
                            .startsWith("#/components/" + kind + "/" + name + "/")));
        }
    }

    @Test
    void every_schema_is_a_json_schema() {
        var metaSchema = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        components.required("schemas").properties().forEach(schema -> assertThat(metaSchema.validate(schema.getValue()))
                .as(schema.getKey())
                .isEmpty());
    }

    @Test
    void every_operation_has_a_name_of_its_own_a_summary_and_a_known_tag() {
        List<String> tags = document.required("tags").values().stream()
                .map(tag -> tag.required("name").asString())
                .toList();

        assertThat(operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.node().path("summary").asString(""))
                    .as(operation.id())
                    .isNotBlank()
                    .doesNotEndWith(".");
            assertThat(tags).contains(operation.node().at("/tags/0").asString(""));
            assertThat(operation.node().required("responses").propertyNames())
                    .allMatch(status -> status.matches("[2-5][0-9]{2}|default"));
        });
    }

    @Test
    void every_variable_of_a_path_is_a_parameter() {
        assertThat(operations()).allSatisfy(operation -> assertThat(parameters(operation)
                        .filter(parameter -> parameter.required("in").asString().equals("path"))
                        .map(parameter -> parameter.required("name").asString()))
                .as(operation.id())
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("\\{(\\w+)}")
                        .matcher(operation.path())
                        .results()
                        .map(found -> found.group(1))
                        .toList()));
    }

    @Test
    void every_operation_below_a_tenant_needs_a_key_and_says_so() {
        assertThat(operations()).allSatisfy(operation -> {
            boolean needsKey = operation.path().startsWith("/{tenant}");
            assertThat(operation.node().has("security")).as(operation.id()).isEqualTo(!needsKey);
            if (needsKey) {
                assertThat(operation.node().required("responses").propertyNames())
                        .as(operation.id())
                        .contains("401", "404", "429", "500", "503", "default");
            }
        });
    }

    @Test
    void every_post_and_put_can_be_repeated_with_an_idempotency_key() {
        assertThat(operations()).allSatisfy(operation -> {
            boolean repeatable = Set.of("post", "put").contains(operation.method());
            assertThat(parameters(operation)
                            .anyMatch(parameter ->
                                    parameter.required("name").asString().equals("Idempotency-Key")))
                    .as(operation.id())
                    .isEqualTo(repeatable);
            assertThat(operation.node().required("responses").has("422"))
                    .as(operation.id())
                    .isEqualTo(repeatable);
        });
    }

    @Test
    void every_object_that_the_server_answers_is_closed() {
        Set<String> requests = Set.of(
                "OrderRequest",
                "OrderRequestItem",
                "WalletRequest",
                "ComponentVisitRequest",
                "Confirmation",
                "ApiKeyRequest",
                "SlotChange",
                "Page",
                "Health");
        components.required("schemas").properties().stream()
                .filter(schema -> schema.getValue().has("properties") && !requests.contains(schema.getKey()))
                .forEach(schema -> assertThat(
                                schema.getValue().path("additionalProperties").asBoolean(true))
                        .as(schema.getKey())
                        .isFalse());
    }

    @Test
    void every_code_of_the_catalogue_is_in_it_and_no_other() {
        Set<String> codes = new TreeSet<>();
        ErrorCatalogue.codes().forEach(code -> codes.add(code.code()));

        assertThat(texts(components.at("/schemas/ErrorCode/enum"))).containsExactlyElementsOf(codes);
        assertThat(texts(components.at("/schemas/FieldCode/enum")))
                .containsExactlyElementsOf(Stream.of(ViolationCode.values())
                        .map(ViolationCode::code)
                        .toList());
        assertThat(components.at("/schemas/FieldCode/x-enumDescriptions").propertyNames())
                .containsExactlyElementsOf(texts(components.at("/schemas/FieldCode/enum")));
    }

    @Test
    void every_code_of_the_catalogue_is_an_answer_of_some_operation() {
        Set<String> answered = new TreeSet<>();
        collectCodes(document.required("paths"), answered);
        collectCodes(components.required("responses"), answered);

        assertThat(answered).containsExactlyElementsOf(texts(components.at("/schemas/ErrorCode/enum")));
    }

    @Test
    void every_example_fits_its_schema() {
        assertThat(examples()).isNotEmpty();
        for (Example example : examples()) {
            assertThat(example.faults()).as(example.name()).isEmpty();
        }
    }

    @Test
    void the_messages_in_examples_are_the_real_ones() {
        Set<String> messages = new TreeSet<>();
        ErrorCatalogue.codes().forEach(code -> messages.add(code.message()));

        components.required("examples").values().stream()
                .map(example -> example.required("value"))
                .filter(value -> value.has("requestId"))
                .map(value -> value.required("message").asString())
                .filter(message -> !message.startsWith(OF_A_LINE))
                .forEach(message -> assertThat(messages).contains(message));
        assertThat(components.at("/examples/errorOrder/value/statusMessage").asString())
                .startsWith(OF_A_LINE);
    }

    private List<Operation> operations() {
        return document.required("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method ->
                                new Operation(method.getKey(), path.getKey(), path.getValue(), method.getValue())))
                .toList();
    }

    private static Stream<JsonNode> parameters(Operation operation) {
        return Stream.of(operation.item(), operation.node())
                .flatMap(node -> node.path("parameters").values().stream())
                .map(OpenApiContract::resolved);
    }

    private List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        collectExamples(document, "", examples);
        return examples;
    }

    /** Wherever a schema stands beside examples: media types and parameters. */
    private static void collectExamples(JsonNode node, String pointer, List<Example> examples) {
        if (node.has("schema")) {
            JsonNode schema = node.required("schema");
            node.path("examples")
                    .properties()
                    .forEach(example -> examples.add(new Example(
                            pointer + "/" + example.getKey(),
                            schema,
                            OpenApiContract.resolved(example.getValue()).required("value"))));
            if (node.has("example")) {
                examples.add(new Example(pointer, schema, node.required("example")));
            }
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(child -> collectExamples(child.getValue(), pointer + "/" + child.getKey(), examples));
        }
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.isObject() && node.has("$ref")) {
            references.add(node.required("$ref").asString());
        }
        node.values().forEach(child -> collectReferences(child, references));
    }

    /** The codes that answers are bound to: {@code properties: {code: {enum or const}}}. */
    private static void collectCodes(JsonNode node, Set<String> codes) {
        JsonNode code = node.path("properties").path("code");
        codes.addAll(texts(code.path("enum")));
        if (code.has("const")) {
            codes.add(code.required("const").asString());
        }
        node.values().forEach(child -> collectCodes(child, codes));
    }

    private static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::asString).toList();
    }
}
