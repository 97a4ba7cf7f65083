package dev.drawbridge.platform.numbers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stores numbered things, drawing a new number for those whose number is taken, so that a batch is never lost to one
 * clash. The database decides what is taken.
 */
public final class UniqueNumbers {

    /**
     * A series steps over numbers that are promised elsewhere one by one; a pattern that clashes so often is used up.
     */
    private static final int DRAWS_MAX = 1_000;

    private UniqueNumbers() {}

    /**
     * @param draw the same thing under a new number
     * @param insert stores those whose number is free, and answers their ids
     * @throws Numbers.UsedUp after {@value #DRAWS_MAX} draws
     * @return the things as they were stored, in the order given
     */
    public static <T> List<T> store(
            List<T> things, Function<T, UUID> id, UnaryOperator<T> draw, Function<List<T>, Set<UUID>> insert) {
        Map<UUID, T> stored = new HashMap<>();
        List<T> open = things;
        for (int draws = 1; !open.isEmpty(); draws++) {
            if (draws > DRAWS_MAX) {
                throw new Numbers.UsedUp("No free number in " + DRAWS_MAX + " draws; the number pattern is used up");
            }
            List<T> drawn = open.stream().map(draw).toList();
            Set<UUID> inserted = insert.apply(drawn);
            List<T> clashed = new ArrayList<>();
            for (T thing : drawn) {
                if (inserted.contains(id.apply(thing))) {
                    stored.put(id.apply(thing), thing);
                } else {
                    clashed.add(thing);
                }
            }
            open = clashed;
        }
        List<T> inOrder = new ArrayList<>(things.size());
        things.forEach(thing -> inOrder.add(stored.get(id.apply(thing))));
        return List.copyOf(inOrder);
    }
}
