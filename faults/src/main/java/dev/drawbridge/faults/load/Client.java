package dev.drawbridge.faults.load;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Outcome;
import dev.drawbridge.faults.load.Api.Request;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/** A partner's program for one order, written after the guide for integrators: it repeats what it does not know. */
final class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PAUSE_MILLIS = 250;
    private static final int PAUSE_MILLIS_MAX = 2_000;

    /** Hardly an order is issued sooner under this load, and reading in vain is load as well. */
    private static final int ISSUING_MILLIS = 1_000;

    private final Api api;
    private final Violations violations;
    private final Story story;
    private final SplittableRandom random;

    Client(Api api, Violations violations, Story story, SplittableRandom random) {
        this.api = api;
        this.violations = violations;
        this.story = story;
        this.random = random;
    }

    /**
     * What came of a request in the end.
     *
     * @param repeated an attempt before this one may have had the effect
     */
    record Resolved(Answer answer, boolean repeated) {

        boolean known() {
            return answer.outcome() != Outcome.UNKNOWN;
        }
    }

    /** Sends the same request until an answer says what became of it, or patience is over. */
    Resolved resolve(Request request, String what) throws InterruptedException {
        long began = System.nanoTime();
        boolean repeated = false;
        int pause = PAUSE_MILLIS;
        while (true) {
            Answer answer = api.call(request, what, story.reference());
            boolean again = answer.outcome() == Outcome.UNKNOWN || answer.inFlight();
            if (!again || System.nanoTime() - began > PATIENCE.toNanos()) {
                return new Resolved(answer, repeated);
            }
            repeated |= answer.outcome() == Outcome.UNKNOWN && !answer.code().equals("idempotency_in_progress");
            Thread.sleep(random.nextInt(pause / 2, pause));
            pause = Math.min(pause * 2, PAUSE_MILLIS_MAX);
        }
    }

    String path() {
        return story.venue().path() + "/channelManager";
    }

    String orderPath() {
        return path() + "/" + story.orderId();
    }

    Resolved submit(Body body, boolean sync, String idempotencyKey, String what) throws InterruptedException {
        Resolved resolved = resolve(post(body, sync, idempotencyKey), what);
        if (idempotencyKey.isEmpty() && (resolved.repeated() || !resolved.known())) {
            story.createMayComeLate(body);
        }
        return resolved;
    }

    private Request post(Body body, boolean sync, String idempotencyKey) {
        return new Request(
                "POST", path() + (sync ? "?sync=1" : ""), story.seller().key(), idempotencyKey, body.json());
    }

    Request put(Body body, boolean sync, String idempotencyKey) {
        return new Request(
                "PUT", orderPath() + (sync ? "?sync=1" : ""), story.seller().key(), idempotencyKey, body.json());
    }

    /** Half of the clients know the header. */
    String perhapsAKey() {
        return random.nextBoolean() ? UUID.randomUUID().toString() : "";
    }

    /**
     * Creates the order; afterwards the story knows its id, or allows that it was never stored.
     *
     * @return whether the order exists
     */
    boolean create(Body body, boolean sync, String idempotencyKey) throws InterruptedException {
        story.sent(body);
        story.has(body.variant());
        story.endsAs("Submitted", "Draft", "Issued", "Error", "Deleted");
        Resolved resolved = submit(body, sync, idempotencyKey, sync ? "create sync" : "create");
        Answer answer = resolved.answer();
        boolean duplicate = answer.code().equals("duplicate_order");
        boolean issuedInVain =
                sync && answer.outcome() == Outcome.REFUSED && !answer.orderId().isEmpty() && !duplicate;
        if (answer.outcome() == Outcome.OK || issuedInVain || duplicate && resolved.repeated()) {
            story.orderIs(answer.orderId());
            return true;
        }
        if (resolved.known()) {
            unexpected("create", answer);
        }
        return false;
    }

    /** Reads the order until it has settled; its last state, or empty where patience ended. */
    String awaitSettled() throws InterruptedException {
        long began = System.nanoTime();
        int pause = 2 * PAUSE_MILLIS;
        Thread.sleep(random.nextInt(ISSUING_MILLIS, 3 * ISSUING_MILLIS / 2));
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            Resolved read = resolve(Request.get(orderPath(), story.seller().key()), "read");
            String state = read.answer().orderStatus();
            if (read.answer().status() == 404) {
                if (!story.mayHaveComeAnew()) {
                    violations.add(
                            "C1 lost orders", "the order " + story.orderId() + " was acknowledged and then not found");
                }
                return "";
            }
            if (state.equals("Draft") || state.equals("Issued") || state.equals("Error") || state.equals("Cancelled")) {
                return state;
            }
            Thread.sleep(pause);
            pause = Math.min(pause * 2, PAUSE_MILLIS_MAX);
        }
        return "";
    }

    void unexpected(String what, Answer answer) {
        if (story.mayHaveComeAnew() && (answer.status() == 404 || answer.code().equals("duplicate_order"))) {
            return;
        }
        violations.add(
                Api.CHECK,
                what + " of " + story.reference() + " was answered " + answer.status() + " " + answer.body());
    }
}
