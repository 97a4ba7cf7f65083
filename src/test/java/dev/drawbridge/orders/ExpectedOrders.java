package dev.drawbridge.orders;

import static dev.drawbridge.orders.ExpectedOrder.SLOTS;

import dev.drawbridge.orders.Operation.Line;
import dev.drawbridge.orders.OrdersSeen.Answered;
import dev.drawbridge.orders.OrdersSeen.SlotSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the contract says that becomes of orders, in plain Java: one thing after the other, no database, nothing of the
 * product. Deliberately naive: places taken are not kept but counted anew each time.
 */
final class ExpectedOrders {

    private final ExpectedTime time;
    private final ExpectedAnswers keys = new ExpectedAnswers();
    private final int[] capacity;
    private final boolean[] closed = new boolean[SLOTS];
    private final List<ExpectedOrder> orders = new ArrayList<>();
    private final List<List<Claimed>> hands = List.of(new ArrayList<>(), new ArrayList<>());

    ExpectedOrders(ExpectedTime time, int... capacity) {
        this.time = time;
        this.capacity = capacity.clone();
    }

    /** The right of a worker to issue an order, unless somebody has claimed it since. */
    private record Claimed(ExpectedOrder order, int generation, int claim) {

        boolean isHeld() {
            return order.isScheduled() && order.generation == generation && order.claims == claim;
        }
    }

    OrdersSeen seen() {
        return new OrdersSeen(
                IntStream.range(0, SLOTS)
                        .mapToObj(slot -> new SlotSeen(capacity[slot], taken(slot), closed[slot]))
                        .toList(),
                orders.stream().map(ExpectedOrder::seen).toList());
    }

    /** What may be answered: one thing, or one of several refusals that are all true. */
    Set<Answered> does(Operation operation) {
        return switch (operation) {
            case Operation.Request request -> requested(request);
            case Operation.Repeat repeat -> keys.again(repeat.changed(), time.now());
            case Operation.Cancel cancel -> existing(newest(cancel.reference()), this::cancel);
            case Operation.Process process -> existing(newest(process.reference()), this::process);
            case Operation.Claim claim -> claim(hands.get(claim.worker()), claim.all());
            case Operation.Issue issue -> issue(hands.get(issue.worker()));
            case Operation.Work work -> {
                claim(hands.get(work.worker()), true);
                yield issue(hands.get(work.worker()));
            }
            case Operation.EndHolds _ -> endHolds();
            case Operation.Wait wait -> {
                time.moves(wait.until());
                yield Set.of(OrdersSeen.NOTHING);
            }
            case Operation.SetCapacity set -> setCapacity(set.slot(), set.capacity());
            case Operation.Close close -> {
                closed[close.slot()] = close.closed();
                yield answer(200, "");
            }
        };
    }

    private static Set<Answered> answer(int status, String word) {
        return Set.of(new Answered(status, word, false));
    }

    private static Set<Answered> refusal(String code) {
        return answer(400, code);
    }

    private static Set<Answered> ok(ExpectedOrder order) {
        return answer(200, order.shown());
    }

    private Optional<ExpectedOrder> newest(int reference) {
        return orders.reversed().stream()
                .filter(order -> order.reference == reference)
                .findFirst();
    }

    private static Set<Answered> existing(Optional<ExpectedOrder> order, Function<ExpectedOrder, Set<Answered>> work) {
        return order.filter(known -> !known.is("gone")).map(work).orElseGet(() -> answer(404, "resource_not_found"));
    }

    private Set<Answered> requested(Operation.Request request) {
        Optional<ExpectedOrder> target = newest(request.reference());
        return request.keyed() ? keys.first(() -> answered(request, target), time.now()) : answered(request, target);
    }

    private Set<Answered> answered(Operation.Request request, Optional<ExpectedOrder> target) {
        return switch (request) {
            case Operation.Create create -> create(create);
            case Operation.Replace replace -> existing(target, order -> replace(order, replace));
            case Operation.Confirm _ -> existing(target, this::confirm);
        };
    }

    private Set<Answered> create(Operation.Create create) {
        if (time.dayIsOver()) {
            return refusal("validation_failed");
        }
        Optional<ExpectedOrder> former = newest(create.reference()).filter(order -> !order.is("gone"));
        if (former.isPresent() && !former.get().is("Error")) {
            return refusal("duplicate_order");
        }
        former.ifPresent(ExpectedOrder::isCancelled);
        var order = new ExpectedOrder(create.reference(), create.content(), time.now());
        orders.add(order);
        return submitted(order, create.sync(), 201);
    }

    private Set<Answered> replace(ExpectedOrder order, Operation.Replace by) {
        if (time.dayIsOver()) {
            return refusal("validation_failed");
        }
        if (order.is("Submitted")) {
            return refusal("order_in_flight");
        }
        if (!order.is("Draft", "Error")) {
            return refusal("order_not_replaceable");
        }
        order.resubmitted(by.content(), time.now());
        return submitted(order, by.sync(), 200);
    }

    private Set<Answered> submitted(ExpectedOrder order, boolean sync, int status) {
        if (sync) {
            settle(List.of(order));
        }
        return order.is("Error") ? refusal(order.code()) : answer(status, order.shown());
    }

    private Set<Answered> confirm(ExpectedOrder order) {
        if (order.is("Submitted")) {
            return refusal("order_in_flight");
        }
        if (order.is("Issued")) {
            return ok(order);
        }
        if (!order.is("Draft")) {
            return refusal("order_not_confirmable");
        }
        Set<String> obstacles = order.holdIsOver(time.now()) || order.hasGivenBack() ? obstacles(order) : Set.of();
        if (!obstacles.isEmpty()) {
            return obstacles.stream().flatMap(code -> refusal(code).stream()).collect(Collectors.toSet());
        }
        order.takesPlaces();
        order.isConfirmed();
        return ok(order);
    }

    /** Why a Draft without a hold cannot have its places again; of each slot the first reason. */
    private Set<String> obstacles(ExpectedOrder draft) {
        Set<String> obstacles = new TreeSet<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            int more = draft.wanted()[slot];
            if (more > 0 && time.slotIsOver(slot)) {
                obstacles.add("visit_in_past");
            } else if (more > 0 && closed[slot]) {
                obstacles.add("no_time_slot");
            } else if (taken(slot) - draft.placesOf(slot) + more > capacity[slot]) {
                obstacles.add("capacity_exceeded");
            }
        }
        return obstacles;
    }

    private Set<Answered> cancel(ExpectedOrder order) {
        if (order.is("Submitted")) {
            return refusal("order_in_flight");
        }
        if (!order.is("Cancelled")) {
            order.isCancelled();
        }
        return answer(200, "Cancelled");
    }

    private Set<Answered> process(ExpectedOrder order) {
        if (order.isScheduled()) {
            return refusal("order_in_flight");
        }
        if (!order.is("Submitted", "Error")) {
            return refusal("order_not_processable");
        }
        if (order.is("Error")) {
            order.resubmitted(order.content(), time.now());
        }
        settle(List.of(order));
        return ok(order);
    }

    private Set<Answered> claim(List<Claimed> hand, boolean all) {
        hand.clear();
        orders.stream()
                .filter(order -> order.is("Submitted") && time.isReached(order.dueAt))
                .sorted(Comparator.comparing(order -> order.dueAt))
                .limit(all ? orders.size() : 1)
                .forEach(order -> {
                    order.claims++;
                    order.dueAt = time.now().plus(ExpectedTime.LEASE);
                    hand.add(new Claimed(order, order.generation, order.claims));
                });
        return Set.of(OrdersSeen.NOTHING);
    }

    private Set<Answered> issue(List<Claimed> hand) {
        settle(orders.stream()
                .filter(order -> hand.stream().anyMatch(mine -> mine.order() == order && mine.isHeld()))
                .toList());
        hand.clear();
        return Set.of(OrdersSeen.NOTHING);
    }

    /**
     * Oldest first, all places or none. What an order held before it was replaced is free for itself only, until its
     * turn comes; of one that cannot be planned at all that is after the others.
     */
    private void settle(List<ExpectedOrder> oldestFirst) {
        for (ExpectedOrder order : oldestFirst) {
            if (unplannable(order).isEmpty()) {
                order.givesBack();
                give(order);
            }
        }
        for (ExpectedOrder order : oldestFirst) {
            if (order.is("Submitted")) {
                order.givesBack();
                order.isRefused(unplannable(order).orElseThrow());
            }
        }
    }

    private void give(ExpectedOrder order) {
        int[] wanted = order.wanted();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (wanted[slot] > 0 && taken(slot) + wanted[slot] > capacity[slot]) {
                order.isRefused("capacity_exceeded");
                return;
            }
        }
        order.takesPlaces();
        order.isIssued(order.content().paid() ? Optional.empty() : holdUntil(wanted));
    }

    private Optional<Instant> holdUntil(int[] wanted) {
        Instant until = time.now().plus(ExpectedTime.HOLD);
        return IntStream.range(0, SLOTS)
                .filter(slot -> wanted[slot] > 0)
                .mapToObj(time::endOf)
                .max(Comparator.naturalOrder())
                .map(end -> end.isBefore(until) ? end : until);
    }

    /** Why there is nothing to ask places for: what is wrong with the first line that is. */
    private Optional<String> unplannable(ExpectedOrder order) {
        for (Line line : order.content().lines()) {
            if (time.dayIsOver()) {
                return Optional.of("visit_in_past");
            }
            if (ExpectedOrder.slotsOf(line).stream().anyMatch(slot -> time.slotIsOver(slot) || closed[slot])) {
                return Optional.of("no_time_slot");
            }
        }
        return Optional.empty();
    }

    private Set<Answered> endHolds() {
        orders.stream().filter(order -> order.holdIsOver(time.now())).forEach(ExpectedOrder::holdEnds);
        return Set.of(OrdersSeen.NOTHING);
    }

    private Set<Answered> setCapacity(int slot, int places) {
        if (places < taken(slot)) {
            return refusal("capacity_below_taken");
        }
        capacity[slot] = places;
        return answer(200, "");
    }

    private int taken(int slot) {
        return orders.stream().mapToInt(order -> order.placesOf(slot)).sum();
    }
}
