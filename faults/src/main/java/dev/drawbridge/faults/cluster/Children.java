package dev.drawbridge.faults.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of this run: whatever way it ends, none of them outlives it. */
final class Children {

    private static final Set<Process> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::end));
    }

    private Children() {}

    static Process watched(Process child) {
        ALL.add(child);
        child.onExit().thenAccept(ALL::remove);
        return child;
    }

    /** By their ids; one that is stopped dies as well. */
    private static void end() {
        ALL.forEach(child -> {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        });
    }
}
