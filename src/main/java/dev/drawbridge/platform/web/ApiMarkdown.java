package dev.drawbridge.platform.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The operations and schemas of an OpenAPI document as Markdown. */
final class ApiMarkdown {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final List<String> LIMITS =
            List.of("minLength", "maxLength", "minimum", "maximum", "multipleOf", "minItems", "maxItems", "default");

    private final JsonNode document;
    private final StringBuilder page = new StringBuilder();

    ApiMarkdown(JsonNode document) {
        this.document = document;
    }

    String text() {
        page.append("# Operations\n\n")
                .append(text(document.required("info"), "description"))
                .append('\n');
        document.required("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operation(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        path.getValue(),
                        method.getValue())));
        document.path("webhooks").properties().forEach(webhook -> webhook.getValue()
                .properties()
                .forEach(method -> operation("POST {your notificationUrl}", webhook.getValue(), method.getValue())));
        page.append("\n# Schemas\n");
        document.required("components").required("schemas").properties().forEach(schema -> {
            page.append("\n## ").append(schema.getKey()).append("\n\n");
            schema(schema.getValue());
        });
        return page.toString();
    }

    private void operation(String line, JsonNode path, JsonNode operation) {
        page.append("\n## ")
                .append(text(operation, "operationId"))
                .append("\n\n`")
                .append(line)
                .append("`\n\n");
        page.append(text(operation, "summary")).append(". ").append(text(operation, "description"));
        page.append('\n');
        List<JsonNode> parameters = new ArrayList<>(path.path("parameters").values());
        parameters.addAll(operation.path("parameters").values());
        parameters.stream().map(this::resolved).forEach(this::parameter);
        JsonNode body = operation.path("requestBody").path("content");
        body.properties().forEach(content -> page.append("- body, ")
                .append(content.getKey())
                .append(": ")
                .append(type(content.getValue().required("schema")))
                .append('\n'));
        operation
                .required("responses")
                .properties()
                .forEach(response -> response(response.getKey(), resolved(response.getValue())));
    }

    private void parameter(JsonNode parameter) {
        page.append("- ")
                .append(text(parameter, "in"))
                .append(" `")
                .append(text(parameter, "name"))
                .append("` (")
                .append(type(parameter.required("schema")))
                .append(parameter.path("required").asBoolean(false) ? ", required): " : "): ")
                .append(oneLine(text(parameter, "description")))
                .append('\n');
    }

    private void response(String status, JsonNode response) {
        page.append("- answer ").append(status).append(": ").append(oneLine(text(response, "description")));
        response.path("content").properties().forEach(content -> {
            JsonNode schema = content.getValue().required("schema");
            page.append(' ').append(type(schema));
        });
        page.append('\n');
    }

    private void schema(JsonNode schema) {
        page.append(type(schema))
                .append(". ")
                .append(oneLine(text(schema, "description")))
                .append('\n');
        Set<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
        schema.path("properties").properties().forEach(property -> page.append("- `")
                .append(property.getKey())
                .append("` (")
                .append(type(property.getValue()))
                .append(required.contains(property.getKey()) ? ", required): " : "): ")
                .append(oneLine(text(property.getValue(), "description")))
                .append('\n'));
    }

    /** Such as {@code string, maxLength 50}, {@code array of Wallet}, {@code Error, code one of a, b}. */
    private String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String reference = text(schema, "$ref");
            return reference.contains("/properties/")
                    ? type(document.at(reference.substring(1)))
                    : reference.substring(reference.lastIndexOf('/') + 1);
        }
        for (String combination : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.has(combination) && !schema.has("properties")) {
                return schema.required(combination).values().stream()
                        .map(this::type)
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.joining(combination.equals("allOf") ? ", " : " or "));
            }
        }
        List<String> words = new ArrayList<>();
        words.add(typeName(schema));
        if (schema.has("const")) {
            words.add("always " + schema.required("const").asString());
        }
        if (schema.has("enum")) {
            words.add("one of " + joined(schema.required("enum"), ", "));
        }
        if (schema.path("properties").has("code") && !schema.has("type")) {
            return "with code " + type(schema.required("properties").required("code"));
        }
        LIMITS.stream()
                .filter(schema::has)
                .forEach(limit -> words.add(limit + " " + schema.required(limit).asString()));
        if (schema.has("format")) {
            words.add(text(schema, "format"));
        }
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    private String typeName(JsonNode schema) {
        JsonNode type = schema.path("type");
        String name = type.isArray() ? joined(type, " or ") : type.asString("");
        return schema.has("items") ? name + " of " + type(schema.required("items")) : name;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(text(node, "$ref").substring(1)) : node;
    }

    private static String joined(JsonNode list, String separator) {
        return list.values().stream().map(JsonNode::asString).collect(Collectors.joining(separator));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
