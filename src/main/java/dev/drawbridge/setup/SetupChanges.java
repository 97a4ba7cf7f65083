package dev.drawbridge.setup;

import dev.drawbridge.platform.definitions.Definition;
import java.util.List;
import java.util.Set;

/**
 * What is to be done to the stored entries.
 *
 * @param written new, changed, retired and moved ones; each behind what it refers to
 * @param removed each before what it refers to; only after all are written
 * @param toBeRemoved retired for now, since somebody may be about to refer to them; nobody does yet
 */
record SetupChanges(
        List<Definition> written, List<Definition> removed, Set<EntryKey> toBeRemoved, SetupOutcome outcome) {

    SetupChanges {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
        toBeRemoved = Set.copyOf(toBeRemoved);
    }

    int rows() {
        return written.size() + removed.size();
    }

    /** The part that comes first, of so many rows at most. */
    SetupChanges first(int rowsMax) {
        int writes = Math.min(written.size(), rowsMax);
        int removals = Math.min(removed.size(), rowsMax - writes);
        return new SetupChanges(written.subList(0, writes), removed.subList(0, removals), toBeRemoved, outcome);
    }
}
