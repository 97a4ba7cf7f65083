package dev.drawbridge.faults;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.nemesis.FaultKind;
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
    private static final Conditions SLOW = NORMAL.withLatency(12, 12);

    private static final Conditions CROWDED = NORMAL.withLatency(25, 24).withClients(120);

    private static final Conditions FORGETFUL =
            NORMAL.withSettings("synchronous_commit = off\nwal_writer_delay = 5s\n");

    private static final Plan NOTHING = Plan.of(1_200);
    private static final Plan KILLS = Plan.of(1_200).with(FaultKind.KILL, 12);
    private static final Plan STOPS = Plan.of(900).with(FaultKind.STOP_AT_POINT, 14);
    private static final Plan RESTARTS = Plan.of(900).with(FaultKind.RESTART_OF_DATABASE, 10);

    /** One COMMIT in twenty creates, replaces or cancels an order without a key, and only there a second try shows. */
    private static final Plan LOST_COMMITS =
            Plan.of(1_200).with(FaultKind.LOST_COMMIT_REPLY, 240).with(FaultKind.LOST_COMMIT_REQUEST, 240);

    private static final Plan CLOCK = Plan.of(1_500).with(FaultKind.CLOCK, 6);

    /** Holds that end give places back, and each time it is the last ones again that two orders may look at. */
    private static final Plan SOLD_OUT_AGAIN_AND_AGAIN = Plan.of(2_500).with(FaultKind.CLOCK, 24);

    static final List<Control> ALL = List.of(
            new Control("1-no-fence", NORMAL, STOPS, List.of("C3", "C4", "C5", "C6", "C10")),
            new Control("2-check-then-insert", CROWDED, SOLD_OUT_AGAIN_AND_AGAIN, List.of("C8")),
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
