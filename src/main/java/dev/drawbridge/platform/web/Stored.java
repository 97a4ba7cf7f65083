package dev.drawbridge.platform.web;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored JSON with the reader that validated it when it came in. */
public final class Stored {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Stored() {}

    /** One that does not pass is a fault of ours: a release may not refuse what an older one has accepted. */
    public static <T> T read(String json, Function<Fields, Optional<T>> reader) {
        JsonNode node = JSON.readTree(json);
        var violations = new Violations();
        Optional<T> value = reader.apply(new Fields(node, "", violations));
        try {
            violations.throwIfAny(node);
        } catch (Problem refused) {
            throw new IllegalStateException("A stored definition is refused: " + places(refused), refused);
        }
        return value.orElseThrow();
    }

    /** Where and what, without the messages: nothing that was stored may reach a log. */
    private static String places(Problem refused) {
        return refused.details().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .collect(Collectors.joining(", "));
    }
}
