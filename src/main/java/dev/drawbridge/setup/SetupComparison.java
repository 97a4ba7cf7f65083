package dev.drawbridge.setup;

import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored against what is wanted. Entries that are left out are removed if nothing refers to them, else they are
 * retired and stay behind the live ones of their list.
 */
final class SetupComparison {

    private final JsonMapper json;
    private final Map<EntryKey, Definition> stored = new LinkedHashMap<>();
    private final Map<EntryKey, Definition> wanted = new LinkedHashMap<>();
    private final Map<Definition, EntryContent> contents = new HashMap<>();
    private final List<Definition> written = new ArrayList<>();
    private int created;
    private int changed;
    private int unchanged;
    private int retired;

    SetupComparison(Collection<Definition> stored, Collection<Definition> wanted, JsonMapper json) {
        this.json = json;
        stored.forEach(entry -> this.stored.put(EntryKey.of(entry), entry));
        wanted.forEach(entry -> this.wanted.put(EntryKey.of(entry), entry));
    }

    /** The stored entries that the document leaves out. */
    Set<EntryKey> leftOut() {
        Set<EntryKey> leftOut = new HashSet<>(stored.keySet());
        leftOut.removeAll(wanted.keySet());
        return leftOut;
    }

    /** @param referredTo of those left out: what orders, tickets, coupons or keys refer to. Call it once. */
    SetupChanges changes(Set<EntryKey> referredTo) {
        wanted.values().forEach(this::compare);
        Set<EntryKey> kept = kept(referredTo);
        retire(kept);
        List<Definition> removed = stored.values().stream()
                .filter(entry -> !wanted.containsKey(EntryKey.of(entry)) && !kept.contains(EntryKey.of(entry)))
                .toList();
        return new SetupChanges(
                written.stream().sorted(Comparator.comparingInt(this::rank)).toList(),
                removed.stream()
                        .sorted(Comparator.comparingInt(this::rank).reversed())
                        .toList(),
                new SetupOutcome(created, changed, unchanged, retired, removed.size()));
    }

    private void compare(Definition entry) {
        Definition before = stored.get(EntryKey.of(entry));
        if (before == null) {
            created++;
            written.add(entry);
        } else if (!content(before).saysTheSameAs(content(entry))) {
            changed++;
            written.add(entry);
        } else {
            unchanged++;
            move(before, entry.position());
        }
    }

    /** Those left out that are referred to, and what these refer to in turn. */
    private Set<EntryKey> kept(Set<EntryKey> referredTo) {
        Set<EntryKey> leftOut = leftOut();
        Set<EntryKey> kept = new HashSet<>();
        Deque<EntryKey> found = new ArrayDeque<>(referredTo);
        while (!found.isEmpty()) {
            EntryKey key = found.pop();
            Definition entry = stored.get(key);
            if (entry != null && leftOut.contains(key) && kept.add(key)) {
                found.addAll(content(entry).references());
            }
        }
        return kept;
    }

    private void retire(Set<EntryKey> kept) {
        Map<DefinitionKind, Integer> next = new EnumMap<>(DefinitionKind.class);
        wanted.keySet().forEach(key -> next.merge(key.kind(), 1, Integer::sum));
        for (Definition entry : stored.values()) {
            if (kept.contains(EntryKey.of(entry))) {
                retire(entry, next.merge(entry.kind(), 1, Integer::sum) - 1);
            }
        }
    }

    private void retire(Definition entry, int position) {
        EntryContent content = content(entry);
        if (content.isRetired()) {
            unchanged++;
            move(entry, position);
        } else {
            retired++;
            written.add(new Definition(
                    entry.kind(), entry.key(), position, content.retired().json(json)));
        }
    }

    /** A new place in its list is kept, and no change that anybody counts. */
    private void move(Definition entry, int position) {
        if (entry.position() != position) {
            written.add(new Definition(entry.kind(), entry.key(), position, entry.json()));
        }
    }

    /** What an entry refers to comes before it, so that a setup applied in parts never refers to what is not there. */
    private int rank(Definition entry) {
        return switch (entry.kind()) {
            case DESIGN -> 0;
            case PARTNER -> 1;
            case ADMISSION -> 2;
            case TICKET_TYPE -> 3;
            case ITEM -> content(entry).isBundle() ? 5 : 4;
            case COUPON_TYPE -> 6;
        };
    }

    private EntryContent content(Definition entry) {
        return contents.computeIfAbsent(entry, unread -> EntryContent.of(unread, json));
    }
}
