package dev.drawbridge.faults.load;

import dev.drawbridge.faults.checks.Violations;
import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Outcome;
import dev.drawbridge.faults.load.Api.Request;
import dev.drawbridge.faults.load.Client.Resolved;
import java.util.SplittableRandom;
import java.util.UUID;

/** Requests that must have no effect: repetitions, what is wrong, and what belongs to somebody else. */
final class Probes {

    private static final String TWICE = "C2 duplicates";
    private static final String TENANTS = "C18 tenant leak";

    private final Api api;
    private final Violations violations;
    private final Story story;
    private final Client client;
    private final SplittableRandom random;
    private final Venue otherVenue;

    Probes(Api api, Violations violations, Story story, Client client, SplittableRandom random, Venue otherVenue) {
        this.api = api;
        this.violations = violations;
        this.story = story;
        this.client = client;
        this.random = random;
        this.otherVenue = otherVenue;
    }

    Api api() {
        return api;
    }

    Violations violations() {
        return violations;
    }

    /** Two creates at once: both name the same order. */
    boolean twins(Resolved one, Resolved other) {
        String first = one.answer().orderId();
        String second = other.answer().orderId();
        story.orderIs(first.isEmpty() ? second : first);
        boolean replacedInError =
                story.bodies().stream().anyMatch(body -> body.lines().mayBeSoldOut());
        if (!first.isEmpty() && !second.isEmpty() && !first.equals(second)) {
            if (!replacedInError) {
                violations.add(TWICE, story.reference() + " was accepted twice: " + first + " and " + second);
            }
            return false;
        }
        return !story.orderId().isEmpty();
    }

    /** Twelve in a hundred orders are sent again in some way, six requests in a hundred are wrong. */
    void resubmit(Body body, boolean sync, String key) throws InterruptedException {
        double draw = random.nextDouble();
        if (draw < 0.06) {
            sameAgain(body, sync, key);
        } else if (draw < 0.12 && !body.lines().mayBeSoldOut()) {
            otherBody(body, key);
        } else if (draw < 0.18) {
            wrong(body);
        }
    }

    private void sameAgain(Body body, boolean sync, String key) throws InterruptedException {
        Resolved again = client.submit(body, sync, key, "create same");
        String id = again.answer().orderId();
        if (again.answer().outcome() == Outcome.OK
                && key.isEmpty()
                && !body.lines().mayBeSoldOut()) {
            violations.add(TWICE, story.reference() + " was accepted again as " + id);
        }
        if (!again.known() || id.isEmpty()) {
            return;
        }
        if (!id.equals(story.orderId()) && !body.lines().mayBeSoldOut()) {
            violations.add(TWICE, story.reference() + " is " + story.orderId() + " and " + id);
        }
        story.orderIs(id);
    }

    private void otherBody(Body body, String key) throws InterruptedException {
        var other = new Body(
                body.partner(),
                body.reference(),
                9,
                body.paymentReference(),
                Lines.draw(random, story.venue().firstDay()));
        boolean reuse = !key.isEmpty() && random.nextBoolean();
        story.sent(other);
        Resolved resolved = client.submit(other, false, reuse ? key : "", "create other");
        Answer answer = resolved.answer();
        if (answer.outcome() == Outcome.OK) {
            violations.add(TWICE, story.reference() + " was accepted with two bodies: " + answer.orderId());
        } else if (resolved.known() && !answer.code().equals(reuse ? "idempotency_key_reused" : "duplicate_order")) {
            client.unexpected("another body under the same " + (reuse ? "key" : "reference"), answer);
        }
    }

    private void wrong(Body body) throws InterruptedException {
        switch (random.nextInt(6)) {
            case 0 -> refused(body.json().replace("\"itemNumber\":\"", "\"itemNumber\":\"NO-"), "validation_failed");
            case 1 -> refused(body.json().replaceAll("\"quantity\":\\d+", "\"quantity\":0"), "validation_failed");
            case 2 ->
                refused(
                        body.json().replaceAll("\"visitDate\":\"[^\"]+\"", "\"visitDate\":\"2020-01-01\""),
                        "validation_failed");
            case 3 -> refused(body.json().substring(1), "invalid_json");
            case 4 -> hidden(Request.get(client.orderPath(), otherSeller().key()), "of another partner");
            default ->
                hidden(
                        Request.get(
                                otherVenue.path() + "/channelManager/" + story.orderId(),
                                otherVenue.sellers().getFirst().key()),
                        "of another company");
        }
    }

    private Venue.Seller otherSeller() {
        return story.venue().sellers().stream()
                .filter(seller -> !seller.equals(story.seller()))
                .findFirst()
                .orElseThrow();
    }

    private void refused(String json, String code) throws InterruptedException {
        var request = new Request(
                "POST",
                client.path(),
                story.seller().key(),
                UUID.randomUUID().toString(),
                json.replace(story.reference(), story.reference() + "-X"));
        Resolved resolved = client.resolve(request, "create wrong");
        if (resolved.known() && !resolved.answer().code().equals(code)) {
            client.unexpected("a request that is " + code, resolved.answer());
        }
    }

    private void hidden(Request request, String whose) throws InterruptedException {
        Resolved resolved = client.resolve(request, "read foreign");
        if (resolved.known() && resolved.answer().status() != 404) {
            violations.add(
                    TENANTS,
                    "an order " + whose + " was answered " + resolved.answer().status());
        }
    }
}
