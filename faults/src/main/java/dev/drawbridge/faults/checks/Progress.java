package dev.drawbridge.faults.checks;

/** Tells whoever waits for the run how far it is. */
public final class Progress {

    private Progress() {}

    public static void say(String what) {
        System.out.println("faults: " + what);
    }
}
