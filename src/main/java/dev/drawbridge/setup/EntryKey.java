package dev.drawbridge.setup;

import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;

/** Which entry: its list, and its comparison key in it. */
record EntryKey(DefinitionKind kind, String key) {

    static EntryKey of(Definition definition) {
        return new EntryKey(definition.kind(), definition.key());
    }
}
