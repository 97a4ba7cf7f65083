package dev.drawbridge.platform.time;

import java.time.Duration;

/**
 * Work that nobody waits for: looks for due rows, claims some, has a use case do them. Every bean of this type runs on
 * every node ({@link JobRunner}); tests call {@link #runOnce()} themselves.
 */
public interface Job {

    /** Lower-case with hyphens; names threads and log lines. */
    String name();

    /** How long to rest after a run that found nothing more. */
    Duration interval();

    /** How many runs may go on at once on this node. */
    default int workers() {
        return 1;
    }

    /** One claim and its work, in transactions of its own; true: there may be more, run again at once. */
    boolean runOnce();
}
