package dev.drawbridge.platform.web;

import dev.drawbridge.platform.time.LocalFormats;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON object field by field. What is wrong goes to the {@link Violations}, and reading goes on, so that all
 * violations are found together; a reader answers empty for a value that it refused.
 *
 * <p>Read the fields in the order that the API documents: a missing one takes its place behind the one read before it.
 */
public final class Fields {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int NAME_SHOWN_MAX = 64;

    private final JsonNode node;
    private final String pointer;
    private final Violations violations;
    private final Set<String> known = new HashSet<>();
    private String anchor;

    public Fields(JsonNode object, String pointer, Violations violations) {
        this.node = object;
        this.pointer = pointer;
        this.violations = violations;
        this.anchor = pointer;
    }

    /** The pointer of a child, escaped as RFC 6901 says; of a very long name only the beginning is shown. */
    public static String child(String pointer, String name) {
        String shown = name.length() > NAME_SHOWN_MAX ? name.substring(0, NAME_SHOWN_MAX) : name;
        return pointer + "/" + shown.replace("~", "~0").replace("/", "~1");
    }

    public String pointer() {
        return pointer;
    }

    public String pointer(String name) {
        return child(pointer, name);
    }

    public Violations violations() {
        return violations;
    }

    public void refuse(String name, ViolationCode code, String message) {
        violations.add(pointer(name), code, message);
    }

    /** Whether the field is there at all, null included. */
    public boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    public Optional<String> text(String name, TextRule rule) {
        return value(name).flatMap(value -> textOf(value, pointer(name), rule, violations));
    }

    /** As {@link #text}; absent, null and blank are violations. */
    public Optional<String> requiredText(String name, TextRule rule) {
        return required(name)
                .flatMap(value -> textOf(value, pointer(name), rule, violations))
                .filter(text -> {
                    if (TextRule.isBlank(text)) {
                        refuse(name, ViolationCode.BLANK, "This must not be blank; fill it in.");
                    }
                    return !TextRule.isBlank(text);
                });
    }

    public Optional<UUID> requiredUuid(String name) {
        return required(name).flatMap(value -> parsed(name, value, Fields::uuid, "a UUID with hyphens"));
    }

    public Optional<UUID> optionalUuid(String name) {
        return value(name).flatMap(value -> parsed(name, value, Fields::uuid, "a UUID with hyphens"));
    }

    public Optional<LocalDate> requiredDate(String name) {
        return required(name).flatMap(value -> parsed(name, value, LocalFormats::date, "a real date YYYY-MM-DD"));
    }

    public Optional<LocalTime> requiredTime(String name) {
        return required(name).flatMap(value -> parsed(name, value, LocalFormats::time, "a time HH:mm:ss of 24 hours"));
    }

    /** A text in a form of its own; what {@code parse} answers empty for is {@code invalid_format}. */
    public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String form) {
        return value(name).flatMap(value -> parsed(name, value, parse, form));
    }

    public <T> Optional<T> requiredParsed(String name, Function<String, Optional<T>> parse, String form) {
        return required(name).flatMap(value -> parsed(name, value, parse, form));
    }

    /** An integer written as one: {@code 1.0} and {@code "1"} are {@code wrong_type}. */
    public Optional<Long> integer(String name, long min, long max) {
        return value(name).flatMap(value -> integerOf(value, pointer(name), min, max));
    }

    public Optional<Long> requiredInteger(String name, long min, long max) {
        return required(name).flatMap(value -> integerOf(value, pointer(name), min, max));
    }

    public Optional<Boolean> bool(String name) {
        return value(name).flatMap(value -> {
            if (value.isBoolean()) {
                return Optional.of(value.asBoolean());
            }
            refuse(name, ViolationCode.WRONG_TYPE, "This must be true or false.");
            return Optional.empty();
        });
    }

    /** The JSON as it is, for values with a form of their own; absent and null answer empty. */
    public Optional<JsonNode> json(String name) {
        return value(name);
    }

    public Optional<JsonNode> requiredJson(String name) {
        return required(name);
    }

    public Optional<Fields> object(String name) {
        return value(name).flatMap(value -> objectOf(value, pointer(name), violations));
    }

    public Optional<Fields> requiredObject(String name) {
        return required(name).flatMap(value -> objectOf(value, pointer(name), violations));
    }

    /** An array; its elements are still to be read. Absent and null answer empty. */
    public Optional<List<JsonNode>> array(String name) {
        return value(name).flatMap(value -> arrayOf(name, value));
    }

    public Optional<List<JsonNode>> requiredArray(String name) {
        return required(name).flatMap(value -> arrayOf(name, value));
    }

    /** The objects of an array; an element that is none is a violation and left out. */
    public List<Fields> objects(String name) {
        List<JsonNode> elements = array(name).orElse(List.of());
        List<Fields> objects = new ArrayList<>(elements.size());
        for (int index = 0; index < elements.size(); index++) {
            objectOf(elements.get(index), pointer(name) + "/" + index, violations)
                    .ifPresent(objects::add);
        }
        return objects;
    }

    /** Ends the reading: what was never asked for is a violation. Call it where the request asked to be strict. */
    public void refuseUnknown() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                refuse(name, ViolationCode.UNKNOWN_PROPERTY, "This property is not known here; remove or correct it.");
            }
        }
    }

    public static Optional<String> textOf(JsonNode value, String pointer, TextRule rule, Violations violations) {
        if (!value.isString()) {
            violations.add(pointer, ViolationCode.WRONG_TYPE, "This must be a text in quotes.");
            return Optional.empty();
        }
        Optional<TextRule.Breach> breach = rule.breach(value.stringValue());
        breach.ifPresent(found -> violations.add(pointer, found.code(), found.message()));
        return breach.isPresent() ? Optional.empty() : Optional.of(value.stringValue());
    }

    public static Optional<Fields> objectOf(JsonNode value, String pointer, Violations violations) {
        if (value.isObject()) {
            return Optional.of(new Fields(value, pointer, violations));
        }
        if (value.isNull()) {
            violations.add(
                    pointer, ViolationCode.REQUIRED, "This must be an object and is null; fill it or leave it out.");
            return Optional.empty();
        }
        violations.add(pointer, ViolationCode.WRONG_TYPE, "This must be an object.");
        return Optional.empty();
    }

    /** A UUID with hyphens in either case; nothing else that Java would take for one. */
    public static Optional<UUID> uuid(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private Optional<JsonNode> value(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        anchor = pointer(name);
        return value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private Optional<JsonNode> required(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            violations.addAt(anchor, pointer(name), ViolationCode.REQUIRED, "This is required; add it.");
        }
        return value;
    }

    private <T> Optional<T> parsed(String name, JsonNode value, Function<String, Optional<T>> parse, String form) {
        if (!value.isString()) {
            refuse(name, ViolationCode.WRONG_TYPE, "This must be a text in quotes: " + form + ".");
            return Optional.empty();
        }
        Optional<T> result = parse.apply(value.stringValue());
        if (result.isEmpty()) {
            refuse(name, ViolationCode.INVALID_FORMAT, "This must be " + form + ".");
        }
        return result;
    }

    private Optional<Long> integerOf(JsonNode value, String at, long min, long max) {
        if (!value.isIntegralNumber()) {
            violations.add(
                    at, ViolationCode.WRONG_TYPE, "This must be an integer, written without quotes or fraction.");
            return Optional.empty();
        }
        if (!value.canConvertToLong() || value.asLong() < min || value.asLong() > max) {
            violations.add(at, ViolationCode.OUT_OF_RANGE, "This must be from " + min + " to " + max + ".");
            return Optional.empty();
        }
        return Optional.of(value.asLong());
    }

    private Optional<List<JsonNode>> arrayOf(String name, JsonNode value) {
        if (!value.isArray()) {
            refuse(name, ViolationCode.WRONG_TYPE, "This must be an array.");
            return Optional.empty();
        }
        return Optional.of(List.copyOf(value.values()));
    }
}
