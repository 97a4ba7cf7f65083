package dev.drawbridge.platform.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Collects what is wrong with one body, all of it, in document order. At most {@value #MAX} are kept: who has more has
 * sent something else than this document, and the answer stays small.
 */
public final class Violations {

    private static final int MAX = 20_000;

    /** @param anchor the pointer whose place in the document this violation takes; a missing field has none itself */
    private record Found(String anchor, Violation violation) {}

    private final List<Found> found = new ArrayList<>();

    public void add(String pointer, ViolationCode code, String message) {
        addAt(pointer, pointer, code, message);
    }

    void addAt(String anchor, String pointer, ViolationCode code, String message) {
        if (found.size() < MAX) {
            found.add(new Found(anchor, new Violation(pointer, code.code(), message)));
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends the request with {@code validation_failed} if anything was wrong. */
    public void throwIfAny(JsonNode document) {
        if (!found.isEmpty()) {
            throw new Problem(WebProblem.VALIDATION_FAILED, inDocumentOrder(document));
        }
    }

    /** For query parameters, which have no document: in the order of their reading. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new Problem(
                    WebProblem.VALIDATION_FAILED,
                    found.stream().map(Found::violation).toList());
        }
    }

    private List<Violation> inDocumentOrder(JsonNode document) {
        Map<String, Integer> places = new HashMap<>();
        number(document, "", places);
        return found.stream()
                .sorted(Comparator.comparingInt(violation -> place(violation.anchor(), places)))
                .map(Found::violation)
                .toList();
    }

    private static int place(String anchor, Map<String, Integer> places) {
        String pointer = anchor;
        while (!places.containsKey(pointer)) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return places.get(pointer);
    }

    private static void number(JsonNode node, String pointer, Map<String, Integer> places) {
        places.put(pointer, places.size());
        if (node.isObject()) {
            node.properties()
                    .forEach(property -> number(property.getValue(), Fields.child(pointer, property.getKey()), places));
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                number(node.get(index), pointer + "/" + index, places);
            }
        }
    }
}
