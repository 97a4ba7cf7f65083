package dev.drawbridge.setup;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.platform.web.WebProblem;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one YAML 1.2 document (core schema) into the tree that the same document in JSON would give. What JSON cannot
 * say is refused: aliases, anchors and tags as violations with their place; several documents, keys that are no text
 * or occur twice, and deep nesting as a document that cannot be read, with line and column.
 */
final class YamlTree {

    static final int DEPTH_MAX = 64;

    private static final int REASON_SHOWN_MAX = 64;
    private static final String MERGE_KEY = "<<";
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(SetupDocument.BYTES_MAX)
            .setParseComments(false)
            .build();

    private final Iterator<Event> events;
    private final Violations violations;

    private YamlTree(Iterator<Event> events, Violations violations) {
        this.events = events;
        this.violations = violations;
    }

    /** The document's tree; a refused place holds null there. */
    static JsonNode read(String yaml, Violations violations) {
        try {
            return new YamlTree(new Parse(SETTINGS).parseString(yaml).iterator(), violations).document();
        } catch (MarkedYamlEngineException malformed) {
            throw malformed(malformed.getProblem(), malformed.getProblemMark());
        } catch (YamlEngineException malformed) {
            throw malformed("a character that YAML does not allow", Optional.empty());
        }
    }

    private JsonNode document() {
        events.next(); // the stream's start
        if (!(events.next().getEventId() == Event.ID.DocumentStart)) {
            throw malformed("the document is empty", Optional.empty());
        }
        JsonNode tree = node(events.next(), "", 1);
        events.next(); // the document's end
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw malformed("there is more than one document", end.getStartMark());
        }
        return tree;
    }

    private JsonNode node(Event event, String pointer, int depth) {
        refuseBeyondJson((NodeEvent) event, pointer);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, pointer);
            case MappingStartEvent start -> mapping(start, pointer, depth);
            case SequenceStartEvent start -> sequence(start, pointer, depth);
            default -> JsonNodeFactory.instance.nullNode(); // an alias, refused above
        };
    }

    private void refuseBeyondJson(NodeEvent event, String pointer) {
        if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
            notAllowed(pointer, "YAML anchors and aliases are not allowed here; write the value itself.");
        }
        Optional<String> tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent start -> start.getTag();
                    default -> Optional.empty();
                };
        if (tag.isPresent()) {
            notAllowed(pointer, "YAML tags are not allowed here; write the value alone.");
        }
    }

    private void notAllowed(String pointer, String message) {
        violations.add(pointer, ViolationCode.NOT_ALLOWED, message);
    }

    private JsonNode scalar(ScalarEvent scalar, String pointer) {
        if (!scalar.isPlain()) {
            return JsonNodeFactory.instance.stringNode(scalar.getValue());
        }
        Optional<JsonNode> value = PlainScalar.value(scalar.getValue());
        if (value.isEmpty()) {
            violations.add(
                    pointer,
                    ViolationCode.OUT_OF_RANGE,
                    "This number is out of every range; correct it, or quote it if it is a text.");
        }
        return value.orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private ObjectNode mapping(MappingStartEvent start, String pointer, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        children(start, depth, Event.ID.MappingEnd, key -> {
            String name = name(key);
            if (object.has(name)) {
                throw malformed("a key occurs twice", key.getStartMark());
            }
            String place = Fields.child(pointer, name);
            if (MERGE_KEY.equals(name)) {
                notAllowed(place, "YAML merge keys are not allowed here; write the properties themselves.");
            }
            object.set(name, node(events.next(), place, depth + 1));
        });
        return object;
    }

    private ArrayNode sequence(SequenceStartEvent start, String pointer, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        children(
                start,
                depth,
                Event.ID.SequenceEnd,
                child -> array.add(node(child, pointer + "/" + array.size(), depth + 1)));
        return array;
    }

    private void children(CollectionStartEvent start, int depth, Event.ID end, Consumer<Event> child) {
        if (depth > DEPTH_MAX) {
            throw malformed("it is nested more than " + DEPTH_MAX + " levels deep", start.getStartMark());
        }
        for (Event event = events.next(); event.getEventId() != end; event = events.next()) {
            child.accept(event);
        }
    }

    private static String name(Event key) {
        if (key instanceof ScalarEvent scalar
                && (!scalar.isPlain() || PlainScalar.isText(scalar.getValue()))
                && scalar.getAnchor().isEmpty()
                && scalar.getTag().isEmpty()) {
            return scalar.getValue();
        }
        throw malformed("a key is not a text; put it in quotes", key.getStartMark());
    }

    private static Problem malformed(String reason, Optional<Mark> mark) {
        String shown = reason.length() > REASON_SHOWN_MAX ? reason.substring(0, REASON_SHOWN_MAX) : reason;
        String place = mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                .orElse("");
        return new Problem(
                WebProblem.INVALID_JSON,
                "The body is not one well-formed YAML document: " + shown + place + "; correct it and send it again.",
                List.of(),
                Map.of());
    }
}
