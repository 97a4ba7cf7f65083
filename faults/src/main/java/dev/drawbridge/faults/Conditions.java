package dev.drawbridge.faults;

/**
 * What a run is under besides its faults; the negative controls make it harder.
 *
 * @param settings lines for postgresql.conf
 * @param latencyMillis of the nodes' way to the database: transactions that last meet each other
 * @param connections of each node to the database: what may be under way at once
 * @param clients who send orders at the same time
 */
record Conditions(String settings, int latencyMillis, int connections, int clients) {

    static final Conditions NORMAL = new Conditions("", 0, 6, 48);

    Conditions withSettings(String lines) {
        return new Conditions(lines, latencyMillis, connections, clients);
    }

    Conditions withLatency(int millis, int connectionsMeanwhile) {
        return new Conditions(settings, millis, connectionsMeanwhile, clients);
    }

    Conditions withClients(int count) {
        return new Conditions(settings, latencyMillis, connections, count);
    }
}
