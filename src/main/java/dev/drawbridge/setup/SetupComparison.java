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
 * What is stored against what is wanted. Entries that are left out are retired and stay behind the live ones of their
 * list; those that nothing refers to are removed once nobody can begin to: an order that is being placed at this moment
 * may not be stored yet.
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

    /** The stored entries that the document leaves out and that stay, retired, as they are now. */
    List<Definition> kept(Set<EntryKey> referredTo) {
        Set<EntryKey> needed = needed(referredTo);
        return stored.values().stream()
                .filter(entry -> needed.contains(EntryKey.of(entry)))
                .toList();
    }

    /**
     * What there is to do. Call it once.
     *
     * @param referredTo of those left out: what orders, tickets, coupons or keys refer to
     * @param settled of those left out: what was retired so long ago that nobody can refer to it any more who did not
     *     then
     */
    SetupChanges changes(Set<EntryKey> referredTo, Set<EntryKey> settled) {
        wanted.values().forEach(this::compare);
        Set<EntryKey> needed = needed(referredTo);
        Set<EntryKey> unneeded = leftOut();
        unneeded.removeAll(needed);
        List<Definition> removed = stored.values().stream()
                .filter(entry -> unneeded.contains(EntryKey.of(entry)) && settled.contains(EntryKey.of(entry)))
                .toList();
        Set<EntryKey> toBeRemoved = new HashSet<>(unneeded);
        toBeRemoved.removeAll(settled);
        retire(needed, toBeRemoved);
        return new SetupChanges(
                written.stream().sorted(Comparator.comparingInt(this::rank)).toList(),
                removed.stream()
                        .sorted(Comparator.comparingInt(this::rank).reversed())
                        .toList(),
                toBeRemoved,
                new SetupOutcome(created, changed, unchanged, retired, unneeded.size()));
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
    private Set<EntryKey> needed(Set<EntryKey> referredTo) {
        Set<EntryKey> leftOut = leftOut();
        Set<EntryKey> needed = new HashSet<>();
        Deque<EntryKey> found = new ArrayDeque<>(referredTo);
        while (!found.isEmpty()) {
            EntryKey key = found.pop();
            Definition entry = stored.get(key);
            if (entry != null && leftOut.contains(key) && needed.add(key)) {
                found.addAll(content(entry).references());
            }
        }
        return needed;
    }

    private void retire(Set<EntryKey> needed, Set<EntryKey> toBeRemoved) {
        Map<DefinitionKind, Integer> next = new EnumMap<>(DefinitionKind.class);
        wanted.keySet().forEach(key -> next.merge(key.kind(), 1, Integer::sum));
        for (Definition entry : stored.values()) {
            EntryKey key = EntryKey.of(entry);
            if (needed.contains(key)) {
                boolean already = content(entry).isRetired();
                unchanged += already ? 1 : 0;
                retired += already ? 0 : 1;
                retire(entry, next.merge(entry.kind(), 1, Integer::sum) - 1);
            } else if (toBeRemoved.contains(key)) {
                retire(entry, entry.position());
            }
        }
    }

    private void retire(Definition entry, int position) {
        if (content(entry).isRetired()) {
            move(entry, position);
        } else {
            written.add(new Definition(
                    entry.kind(),
                    entry.key(),
                    position,
                    content(entry).retired().json(json)));
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
