package dev.drawbridge.setup;

import java.util.Map;

/** What applying a setup did, counting the company and each entry of its lists. */
record SetupOutcome(int created, int changed, int unchanged, int retired, int removed) {

    static final SetupOutcome CREATED = new SetupOutcome(1, 0, 0, 0, 0);
    static final SetupOutcome CHANGED = new SetupOutcome(0, 1, 0, 0, 0);
    static final SetupOutcome UNCHANGED = new SetupOutcome(0, 0, 1, 0, 0);

    SetupOutcome plus(SetupOutcome other) {
        return new SetupOutcome(
                created + other.created,
                changed + other.changed,
                unchanged + other.unchanged,
                retired + other.retired,
                removed + other.removed);
    }

    /** The same, with so many retired that were to be removed. */
    SetupOutcome keeping(int kept) {
        return new SetupOutcome(created, changed, unchanged, retired + kept, removed - kept);
    }

    Map<String, Integer> byName() {
        return Map.of(
                "created", created,
                "changed", changed,
                "unchanged", unchanged,
                "retired", retired,
                "removed", removed);
    }
}
