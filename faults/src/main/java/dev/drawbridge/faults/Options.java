package dev.drawbridge.faults;

import dev.drawbridge.faults.nemesis.Plan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the launcher was asked for.
 *
 * @param part of the full run to do; 0: all that are not done yet
 * @param controls the negative controls instead of a run
 * @param only the name of one control; empty: all
 */
record Options(Plan plan, long seed, int part, int parts, boolean controls, String only) {

    private static final int PARTS_OF_FULL = 8;
    private static final int PARTS_MAX = 64;
    private static final Pattern PART = Pattern.compile("(\\d{1,2})/(\\d{1,2})");

    private static final String HELP = """
            Usage: ./drawbridge faults [--full [--part N/M]] [--seed N] [--orders N] [--controls [--only NAME]]
            """;

    /** @throws IllegalArgumentException with a sentence */
    static Options parse(String[] arguments) {
        var options = new Options(Plan.SHORT, 1, 0, 1, false, "");
        for (int index = 1; index < arguments.length; index++) {
            String option = arguments[index];
            options = switch (option) {
                case "--full" -> new Options(Plan.FULL, options.seed, 0, PARTS_OF_FULL, false, "");
                case "--controls" -> new Options(options.plan, options.seed, 0, 1, true, "");
                case "--part", "--seed", "--orders", "--only" -> {
                    if (++index == arguments.length) {
                        throw new IllegalArgumentException("The option " + option + " needs a value.");
                    }
                    yield options.with(option, arguments[index]);
                }
                default -> throw new IllegalArgumentException("There is no option '" + option + "'.\n" + HELP);
            };
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--part" -> {
                Matcher matcher = PART.matcher(value);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("A part is written as 3/8.");
                }
                yield new Options(
                        plan,
                        seed,
                        number(matcher.group(1), PARTS_MAX),
                        number(matcher.group(2), PARTS_MAX),
                        false,
                        "");
            }
            case "--seed" -> new Options(plan, number(value, 1_000_000), part, parts, controls, only);
            case "--orders" ->
                new Options(plan.withOrders(number(value, plan.orders())), seed, part, parts, controls, only);
            default -> new Options(plan, seed, part, parts, controls, value);
        };
    }

    boolean runs(int number) {
        return part == 0 || part == number;
    }

    private static int number(String value, int max) {
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException("'" + value + "' is no number from 1 to " + max + ".");
        }
        return Integer.parseInt(value);
    }
}
