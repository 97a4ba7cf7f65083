package dev.drawbridge.faults;

/**
 * What a run is under besides its faults; the negative controls make it harder.
 *
 * @param settings lines for postgresql.conf
 * @param latencyMillis of the nodes' way to the database: transactions that last meet each other
 * @param clients who send orders at the same time
 */
record Conditions(String settings, int latencyMillis, int clients) {

    static final Conditions NORMAL = new Conditions("", 0, 48);

    Conditions withSettings(String lines) {
        return new Conditions(lines, latencyMillis, clients);
    }

    Conditions withLatency(int millis) {
        return new Conditions(settings, millis, clients);
    }

    Conditions withClients(int count) {
        return new Conditions(settings, latencyMillis, count);
    }
}
