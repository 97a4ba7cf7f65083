package dev.drawbridge.platform.time;

import java.time.Duration;

/** Work that is looked for again and again on every node: claims due rows and calls a use case. */
public interface Job {

    /** What it is called in logs and as its threads' name. */
    String name();

    /** How long a worker rests when there was nothing to do. */
    Duration interval();

    /** How many threads of a node work on it at the same time. */
    int workers();

    /** Does a bounded piece of work; true when there may be more, so that the next one follows at once. */
    boolean runOnce();
}
