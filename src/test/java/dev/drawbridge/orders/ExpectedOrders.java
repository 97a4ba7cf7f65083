package dev.drawbridge.orders;

import dev.drawbridge.orders.OrdersSeen.Answered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the contract says that becomes of orders, in plain Java: one thing after the other, no database, nothing of the
 * product.
 */
final class ExpectedOrders {

    private final ExpectedTime time;
    private final ExpectedAnswers keys = new ExpectedAnswers();
    private final List<ExpectedOrder> orders = new ArrayList<>();
    private final ExpectedSlots slots;
    private final List<List<Claimed>> hands = List.of(new ArrayList<>(), new ArrayList<>());

    ExpectedOrders(ExpectedTime time, int... capacity) {
        this.time = time;
        this.slots = new ExpectedSlots(time, orders, capacity);
    }

    /** The right of a worker to issue an order, unless somebody has claimed it since. */
    private record Claimed(ExpectedOrder order, int generation, int claim) {

        boolean isHeld() {
            return order.isScheduled() && order.generation == generation && order.claims == claim;
        }
    }

    OrdersSeen seen() {
        return new OrdersSeen(
                slots.seen(), orders.stream().map(ExpectedOrder::seen).toList());
    }

    /** What may be answered: one thing, or one of several refusals that are all true. */
    Set<Answered> does(Operation operation) {
        return switch (operation) {
            case Operation.Request request -> requested(request);
            case Operation.Repeat repeat -> keys.again(repeat.changed(), time.now());
            case Operation.Cancel cancel -> existing(newest(cancel.reference()), this::cancel);
            case Operation.ProcessNow process -> existing(newest(process.reference()), this::process);
            case Operation.Claim claim -> claim(hands.get(claim.worker()), claim.all());
            case Operation.Issue issue -> issue(hands.get(issue.worker()));
            case Operation.Work work -> {
                claim(hands.get(work.worker()), true);
                yield issue(hands.get(work.worker()));
            }
            case Operation.Crash crash -> crash(crash.nodes());
            case Operation.EndHolds _ -> endHolds();
            case Operation.Wait wait -> {
                time.moves(wait.until());
                yield Set.of(OrdersSeen.NOTHING);
            }
            case Operation.SetCapacity set -> setCapacity(set.slot(), set.capacity());
            case Operation.Close close -> {
                slots.close(close.slot(), close.closed());
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
        Set<String> obstacles =
                order.holdIsOver(time.now()) || order.hasGivenBack() ? slots.obstacles(order) : Set.of();
        if (!obstacles.isEmpty()) {
            return obstacles.stream().flatMap(code -> refusal(code).stream()).collect(Collectors.toSet());
        }
        order.takesPlaces();
        order.isConfirmed();
        return ok(order);
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
                    order.isClaimed(time.now().plus(ExpectedTime.LEASE));
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

    private Set<Answered> crash(int nodes) {
        for (int node = 0; node < nodes; node++) {
            List<Claimed> hand = new ArrayList<>();
            claim(hand, true);
            hand.forEach(mine -> mine.order().isBegun());
            time.moves(Operation.Time.LEASE_IS_OVER);
        }
        return Set.of(OrdersSeen.NOTHING);
    }

    /**
     * Oldest first, all places or none. What an order held before it was replaced is free for itself only, until its
     * turn comes; of a hopeless one that is after the others.
     */
    private void settle(List<ExpectedOrder> oldestFirst) {
        for (ExpectedOrder order : oldestFirst) {
            if (hopeless(order).isEmpty()) {
                order.givesBack();
                give(order);
            }
        }
        for (ExpectedOrder order : oldestFirst) {
            if (order.is("Submitted")) {
                order.givesBack();
                order.isRefused(hopeless(order).orElseThrow());
            }
        }
    }

    private void give(ExpectedOrder order) {
        if (slots.haveRoomFor(order)) {
            order.takesPlaces();
            order.isIssued(slots.holdOf(order));
        } else {
            order.isRefused("capacity_exceeded");
        }
    }

    /** Why the order does not even ask for places. */
    private Optional<String> hopeless(ExpectedOrder order) {
        return order.hasFailedTooOften() ? Optional.of("issuance_failed") : slots.unplannable(order);
    }

    private Set<Answered> endHolds() {
        orders.stream().filter(order -> order.holdIsOver(time.now())).forEach(ExpectedOrder::holdEnds);
        return Set.of(OrdersSeen.NOTHING);
    }

    private Set<Answered> setCapacity(int slot, int places) {
        return slots.setCapacity(slot, places) ? answer(200, "") : refusal("capacity_below_taken");
    }
}
