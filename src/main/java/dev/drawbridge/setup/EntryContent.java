package dev.drawbridge.setup;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an entry of a setup says, as it was written and accepted. */
final class EntryContent {

    private final SetupList list;
    private final ObjectNode content;

    private EntryContent(SetupList list, ObjectNode content) {
        this.list = list;
        this.content = content;
    }

    static EntryContent of(Definition definition, JsonMapper json) {
        return new EntryContent(SetupList.of(definition.kind()), (ObjectNode) json.readTree(definition.json()));
    }

    /** The entries that this one needs. */
    Set<EntryKey> references() {
        Set<EntryKey> references = new HashSet<>();
        switch (list) {
            case PARTNERS -> add(references, DefinitionKind.DESIGN, content.path("design"));
            case TICKET_TYPES ->
                content.path("admissions").forEach(code -> add(references, DefinitionKind.ADMISSION, code));
            case COUPON_TYPES -> add(references, DefinitionKind.ITEM, content.path("item"));
            case ITEMS -> {
                add(references, DefinitionKind.TICKET_TYPE, content.path("ticketType"));
                content.path("package").forEach(part -> add(references, DefinitionKind.ITEM, part.path("item")));
                content.path("priceRules")
                        .forEach(rule -> add(references, DefinitionKind.PARTNER, rule.path("partner")));
            }
            case ADMISSIONS, DESIGNS -> {}
        }
        return references;
    }

    boolean isBundle() {
        return list == SetupList.ITEMS && content.path("package").isArray();
    }

    boolean isRetired() {
        return content.path(list.retiredProperty()).asBoolean(!list.retiredValue()) == list.retiredValue();
    }

    /** The same entry, retired. */
    EntryContent retired() {
        ObjectNode retired = content.deepCopy();
        retired.put(list.retiredProperty(), list.retiredValue());
        return new EntryContent(list, retired);
    }

    String json(JsonMapper json) {
        return json.writeValueAsString(content);
    }

    boolean saysTheSameAs(EntryContent other) {
        return same(content, other.content);
    }

    /**
     * Whether two documents say the same: the order of properties, zeros at the end of decimals, and null against
     * nothing make no difference.
     */
    static boolean same(JsonNode one, JsonNode other) {
        if (one.isObject() && other.isObject()) {
            return names(one).equals(names(other))
                    && names(one).stream().allMatch(name -> same(one.get(name), other.get(name)));
        }
        if (one.isArray() && other.isArray()) {
            return one.size() == other.size() && sameElements(one, other);
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        return one.equals(other);
    }

    private static boolean sameElements(JsonNode one, JsonNode other) {
        Iterator<JsonNode> others = other.iterator();
        return one.valueStream().allMatch(element -> same(element, others.next()));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.properties().stream()
                .filter(property -> !property.getValue().isNull())
                .forEach(property -> names.add(property.getKey()));
        return names;
    }

    private static void add(Set<EntryKey> references, DefinitionKind kind, JsonNode written) {
        if (written.isString()) {
            references.add(new EntryKey(kind, ComparisonKey.of(written.stringValue())));
        }
    }
}
