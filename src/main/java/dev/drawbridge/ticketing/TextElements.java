package dev.drawbridge.ticketing;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.ViolationCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads arrays of texts in a form of their own, each element at most once. */
final class TextElements {

    private TextElements() {}

    /** The elements that can be read, in their order; the others are violations, and so is one that is repeated. */
    static <T> Set<T> distinct(Fields fields, String name, Function<String, Optional<T>> parse, String form) {
        List<JsonNode> elements = fields.array(name).orElse(List.of());
        Set<T> values = new LinkedHashSet<>();
        for (int index = 0; index < elements.size(); index++) {
            String place = fields.pointer(name) + "/" + index;
            JsonNode element = elements.get(index);
            Optional<T> value = element.isString() ? parse.apply(element.stringValue()) : Optional.empty();
            if (value.isEmpty()) {
                ViolationCode code = element.isString() ? ViolationCode.INVALID_FORMAT : ViolationCode.WRONG_TYPE;
                fields.violations().add(place, code, "This must be " + form + ", in quotes.");
            } else if (!values.add(value.get())) {
                fields.violations().add(place, ViolationCode.DUPLICATE_VALUE, "Name this once.");
            }
        }
        return values;
    }
}
