package dev.drawbridge.invariants;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What must be true of a company's rows whenever nothing is under way: in every snapshot, for transactions keep it.
 *
 * @param name the metric's label, lower-case with underscores
 */
record Invariant(String name, Question question) {

    /** Before every id. */
    static final UUID START = new UUID(0, 0);

    /** Looks at the next rows, a bounded number, in the order of their ids. */
    interface Question {
        Part next(CompanyTransaction transaction, UUID after);
    }

    /**
     * What was found among some rows.
     *
     * @param violating ids of what breaks the invariant: of orders, slots or deliveries
     * @param last where the next part begins; empty: there is none
     */
    record Part(List<UUID> violating, Optional<UUID> last) {

        Part {
            violating = List.copyOf(violating);
        }

        /** @param max so many rows are looked at, in the order of their ids; fewer are the last ones */
        static <T> Part of(List<T> looked, int max, Function<T, UUID> id, Predicate<T> broken) {
            return new Part(
                    looked.stream().filter(broken).map(id).toList(),
                    looked.size() < max ? Optional.empty() : Optional.of(id.apply(looked.getLast())));
        }

        /** The whole answer. */
        static Part whole(List<UUID> violating) {
            return new Part(violating, Optional.empty());
        }
    }
}
