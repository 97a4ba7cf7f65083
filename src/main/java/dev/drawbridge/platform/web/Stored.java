package dev.drawbridge.platform.web;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored JSON with the reader that validated it when it came in. */
public final class Stored {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Stored() {}

    /** That it no longer passes is a fault of ours: a release may not refuse what an older one has accepted. */
    public static <T> T read(String json, Function<Fields, Optional<T>> reader) {
        JsonNode node = JSON.readTree(json);
        var violations = new Violations();
        Optional<T> value = reader.apply(new Fields(node, "", violations));
        if (value.isEmpty() || !violations.isEmpty()) {
            throw new IllegalStateException("A stored definition no longer passes its own validation");
        }
        return value.get();
    }
}
