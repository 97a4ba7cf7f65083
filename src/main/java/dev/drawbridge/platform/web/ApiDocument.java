package dev.drawbridge.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The OpenAPI document, as written by hand in {@code openapi.yaml}. A schema there that says {@code x-include} is a
 * JSON Schema of its own on the classpath; it is put in its place, so that nothing is written twice.
 */
@Component
public class ApiDocument {

    private static final String SOURCE = "/openapi/openapi.yaml";
    private static final String INCLUDE = "x-include";

    private final JsonMapper mapper;
    private final ObjectNode document;

    public ApiDocument(JsonMapper mapper) {
        this.mapper = mapper;
        var settings = LoadSettings.builder().setLabel(SOURCE).build();
        this.document = mapper.valueToTree(new Load(settings).loadFromString(resource(SOURCE)));
        includeSchemas();
    }

    /** The document as it is served at this address. */
    public ObjectNode servedAt(String publicBaseUrl) {
        ObjectNode served = document.deepCopy();
        ((ObjectNode) served.required("servers").required(0)).put("url", publicBaseUrl);
        return served;
    }

    static String resource(String path) {
        try (InputStream bytes = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(path), path)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void includeSchemas() {
        var schemas = (ObjectNode) document.required("components").required("schemas");
        for (String name : schemas.propertyNames().toArray(String[]::new)) {
            JsonNode source = schemas.required(name).get(INCLUDE);
            if (source != null) {
                var schema = (ObjectNode) mapper.readTree(resource(source.asString()));
                schema.remove("$schema");
                schema.remove("$id");
                moveReferences(schema, "#/components/schemas/" + name);
                schemas.set(name, schema);
            }
        }
    }

    /** What pointed into the schema points to where the schema is now. */
    private static void moveReferences(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            if (object.get("$ref") instanceof StringNode reference
                    && reference.stringValue().startsWith("#")) {
                object.put("$ref", place + reference.stringValue().substring(1));
            }
            object.values().forEach(value -> moveReferences(value, place));
        } else if (node instanceof ArrayNode array) {
            array.values().forEach(value -> moveReferences(value, place));
        }
    }
}
