package dev.drawbridge.platform.faults;

/**
 * A named place where the fault run ends, stops or fails a node. Here it does nothing and nothing can make it: the
 * fault run puts another class of this name before this one on the class path of the nodes that it starts.
 */
public final class FaultPoint {

    private FaultPoint() {}

    /** @param name of the place: lower-case words with hyphens, each used once */
    public static void hit(String name) {}
}
