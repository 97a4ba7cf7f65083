package dev.drawbridge.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import tools.jackson.databind.JsonNode;

/**
 * Writes a tree as YAML that every reader understands alike, those of YAML 1.1 as well: a text is quoted unless it is
 * a plain word. Decimals keep their zeros.
 */
final class YamlText {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSplitLines(false)
            .setIndicatorIndent(2)
            .setIndent(4)
            .build();
    private static final ImplicitTuple UNTAGGED = new ImplicitTuple(true, true);
    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*");
    private static final Set<String> MORE_THAN_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

    private final List<Event> events = new ArrayList<>();

    private YamlText() {}

    static String of(JsonNode tree) {
        var text = new YamlText();
        text.events.add(new StreamStartEvent());
        text.events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        text.node(tree);
        text.events.add(new DocumentEndEvent(false));
        text.events.add(new StreamEndEvent());
        return new Present(SETTINGS).emitToString(text.events.iterator());
    }

    private void node(JsonNode node) {
        if (node.isObject()) {
            events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(node)));
            node.properties().forEach(property -> {
                text(property.getKey());
                node(property.getValue());
            });
            events.add(new MappingEndEvent());
        } else if (node.isArray()) {
            events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(node)));
            node.forEach(this::node);
            events.add(new SequenceEndEvent());
        } else if (node.isString()) {
            text(node.stringValue());
        } else {
            scalar(
                    node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asString("null"),
                    ScalarStyle.PLAIN);
        }
    }

    /** Empty collections can only be written in flow style; lists of plain values read best in it. */
    private static FlowStyle style(JsonNode collection) {
        boolean flat = collection.valueStream().noneMatch(JsonNode::isContainer);
        return collection.isEmpty() || (collection.isArray() && flat) ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private void text(String text) {
        boolean plain = WORDS.matcher(text).matches() && !MORE_THAN_WORDS.contains(text.toLowerCase(Locale.ROOT));
        scalar(text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    private void scalar(String text, ScalarStyle style) {
        events.add(new ScalarEvent(Optional.empty(), Optional.empty(), UNTAGGED, text, style));
    }
}
