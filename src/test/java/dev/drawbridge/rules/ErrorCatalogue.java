package dev.drawbridge.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.drawbridge.platform.web.ProblemCode;
import dev.drawbridge.platform.web.ViolationCode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every code that the product can answer with, as its enums say. */
public final class ErrorCatalogue {

    private static final String HEAD = """
            # Error codes

            Generated from the code; `./drawbridge test -Dtest=ErrorCatalogueTest -Ddocs.write=true` writes it again.

            Every error, whatever raised it, has this body:

            ```json
            {
              "code": "...", "message": "...", "requestId": "...",
              "details": [{"field": "...", "code": "...", "message": "..."}]
            }
            ```

            `code` is for machines and never changes; `message` is a sentence for a person and may. `details` is there
            when there is something to say about single fields, or about an order (`orderId`). When to repeat which
            request: `integrators.md`.

            | Code | Status | What is wrong, and what to do |
            |---|---|---|
            """;

    private static final String FIELDS = """

            ## Codes of fields

            In `details` of `validation_failed`; `field` is a JSON Pointer into the body, or the name of a parameter.

            """;

    private ErrorCatalogue() {}

    /** In the order of their codes. */
    public static List<ProblemCode> codes() {
        return ProductionClasses.ALL.stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(ProblemCode.class))
                .map(JavaClass::reflect)
                .flatMap(ErrorCatalogue::constants)
                .sorted(Comparator.comparing(ProblemCode::code))
                .toList();
    }

    static String markdown() {
        var page = new StringBuilder(HEAD);
        codes().stream()
                .map(code -> "| `%s` | %d | %s |\n"
                        .formatted(code.code(), code.status().value(), code.message()))
                .distinct()
                .forEach(page::append);
        page.append(FIELDS);
        for (ViolationCode code : ViolationCode.values()) {
            page.append("- `").append(code.code()).append("`\n");
        }
        return page.toString();
    }

    private static Stream<ProblemCode> constants(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(ProblemCode.class::cast);
    }
}
