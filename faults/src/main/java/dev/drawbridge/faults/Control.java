package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.nemesis.Plan;
import java.util.List;

/**
 * A bug planted on purpose, and who must find it.
 *
 * @param name of its patch in {@code controls/}; the one without a patch is a setting
 * @param foundBy names of checks begin so; one of them is enough
 */
record Control(String name, Conditions conditions, Plan plan, List<String> foundBy) {

    private static final Conditions NORMAL = Conditions.NORMAL;

    /** Races need transactions that last, and others at the same time. */
    private static final Conditions SLOW = NORMAL.withLatency(12);

    private static final Conditions CROWDED = NORMAL.withLatency(25).withClients(120);
    private static final Conditions FORGETFUL =
            NORMAL.withSettings("synchronous_commit = off\nwal_writer_delay = 5s\n");

    private static final Plan NOTHING = new Plan(1_200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    private static final Plan KILLS = new Plan(1_200, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    private static final Plan STOPS = new Plan(900, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    private static final Plan RESTARTS = new Plan(900, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, false);
    /** One COMMIT in twenty creates, replaces or cancels an order without a key, and only there a second try shows. */
    private static final Plan LOST_COMMITS = new Plan(1_200, 0, 0, 0, 0, 0, 0, 0, 240, 0, 0, 0, 0, 0, false);

    private static final Plan CLOCK = new Plan(1_500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, false);

    static final List<Control> ALL = List.of(
            new Control("1-no-fence", NORMAL, STOPS, List.of("C3", "C4", "C5", "C6", "C10")),
            new Control("2-check-then-insert", CROWDED, NOTHING, List.of("C8")),
            new Control("3-event-after-commit", SLOW, KILLS, List.of("C11")),
            new Control("4-cursor-without-horizon", SLOW, NOTHING, List.of("C14")),
            new Control("5-synchronous-commit-off", FORGETFUL, RESTARTS, List.of("C1", "C10")),
            new Control("6-sweeper-without-status", NORMAL, STOPS, List.of("C3", "C10")),
            new Control("7-hold-released-twice", SLOW, CLOCK, List.of("C7", "C9")),
            new Control("8-commit-repeated", NORMAL, LOST_COMMITS, List.of("C2", "C3", "C19")),
            new Control("9-wrong-lock-order", SLOW, NOTHING, List.of("D1")));

    boolean isPatch() {
        return conditions.settings().isEmpty();
    }

    boolean found(Violations violations) {
        return violations.counts().entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 0
                        && foundBy.stream().anyMatch(check -> entry.getKey().startsWith(check + " ")));
    }
}
