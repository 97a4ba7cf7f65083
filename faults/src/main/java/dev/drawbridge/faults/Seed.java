package dev.drawbridge.faults;

/**
 * What all chance of a run comes from.
 *
 * @param form of the whole form, as the caller gave it
 * @param part from 1
 */
record Seed(long form, int part) {

    private static final int PARTS_MAX = 1_000;

    /** Of this part alone. */
    long number() {
        return form * PARTS_MAX + part;
    }
}
