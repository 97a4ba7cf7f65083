package dev.drawbridge.faults.load;

import dev.drawbridge.faults.load.Api.Answer;
import dev.drawbridge.faults.load.Api.Outcome;
import dev.drawbridge.faults.load.Api.Request;
import dev.drawbridge.faults.load.Client.Resolved;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What becomes of one order after it was created; in the shares of {@code docs/reliability.md}, "The load". */
final class Journey {

    private enum Kind {
        PAID,
        CONFIRMED,
        LEFT_TO_EXPIRE,
        REPLACED,
        CANCELLED;

        static Kind draw(SplittableRandom random) {
            double draw = random.nextDouble();
            return draw < 0.60
                    ? PAID
                    : draw < 0.80 ? CONFIRMED : draw < 0.88 ? LEFT_TO_EXPIRE : draw < 0.94 ? REPLACED : CANCELLED;
        }
    }

    private final Story story;
    private final Client client;
    private final Probes probes;
    private final SplittableRandom random;

    Journey(Story story, Client client, Probes probes, SplittableRandom random) {
        this.story = story;
        this.client = client;
        this.probes = probes;
        this.random = random;
    }

    void run() throws InterruptedException {
        Kind kind = Kind.draw(random);
        boolean paid = kind == Kind.PAID || kind == Kind.CANCELLED && random.nextBoolean();
        Body body = body(1, paid);
        boolean sync = random.nextDouble() < 0.05;
        String key = client.perhapsAKey();
        if (!created(body, sync, key)) {
            return;
        }
        probes.resubmit(body, sync, key);
        String state = client.awaitSettled();
        if (state.isEmpty()) {
            return;
        }
        expect(state, body);
        switch (kind) {
            case CONFIRMED -> confirm(state, body);
            case REPLACED -> replace(state);
            case CANCELLED -> cancel(state);
            case PAID -> {
                if (state.equals("Error") && random.nextInt(4) == 0) {
                    createAgain();
                }
            }
            case LEFT_TO_EXPIRE -> {}
        }
    }

    private Body body(int variant, boolean paid) {
        return new Body(
                story.seller().id(),
                story.reference(),
                variant,
                paid ? "PAY-" + story.reference() : "",
                Lines.draw(random, story.venue().firstDay()));
    }

    /** Some clients are so impatient that they send an order twice at the same time. */
    private boolean created(Body body, boolean sync, String key) throws InterruptedException {
        if (random.nextInt(25) != 0) {
            return client.create(body, sync, key);
        }
        var twin = new Client(probes.api(), probes.violations(), story, random.split());
        var second = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return twin.submit(body, sync, key, "create twin");
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                },
                task -> Thread.ofVirtual().start(task));
        story.sent(body);
        story.has(body.variant());
        story.endsAs("Submitted", "Draft", "Issued", "Error", "Deleted");
        Resolved one = client.submit(body, sync, key, "create twin");
        try {
            Resolved other = second.get();
            return probes.twins(one, other);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void expect(String state, Body body) {
        story.endsAs(state);
        boolean right = state.equals("Error") || state.equals(body.isPaid() ? "Issued" : "Draft");
        if (!right) {
            probes.violations().add(Api.CHECK, story.reference() + " settled as " + state + ", paid: " + body.isPaid());
        }
    }

    private void confirm(String state, Body body) throws InterruptedException {
        if (!state.equals("Draft")) {
            return;
        }
        story.mayEndAs("Issued");
        var request = new Request(
                "POST",
                client.orderPath() + "/confirm",
                story.seller().key(),
                client.perhapsAKey(),
                "{\"paymentReference\":\"PAY-" + story.reference() + "\"}");
        Resolved resolved = client.resolve(request, "confirm");
        Answer answer = resolved.answer();
        if (answer.outcome() == Outcome.OK) {
            story.endsAs("Issued");
        } else if (resolved.known()) {
            if (!(answer.code().equals("capacity_exceeded") && body.lines().mayBeSoldOut())) {
                client.unexpected("confirm", answer);
            } else if (!resolved.repeated()) {
                story.endsAs("Draft");
            }
        }
    }

    private void replace(String state) throws InterruptedException {
        if (state.equals("Issued")) {
            return;
        }
        Body body = body(2, random.nextBoolean());
        story.sent(body);
        story.mayHave(2);
        story.endsAs("Draft", "Issued", "Error");
        Resolved resolved = client.resolve(client.put(body, random.nextInt(20) == 0, client.perhapsAKey()), "replace");
        Answer answer = resolved.answer();
        boolean done = answer.outcome() == Outcome.OK || !answer.orderId().isEmpty();
        boolean doneBefore = resolved.repeated() && answer.code().equals("order_not_replaceable");
        if (done || doneBefore) {
            story.has(2);
            String after = client.awaitSettled();
            if (!after.isEmpty()) {
                expect(after, body);
            }
        } else if (resolved.known()) {
            client.unexpected("replace", answer);
        }
    }

    private void cancel(String state) throws InterruptedException {
        String end = state.equals("Issued") ? "Cancelled" : "Deleted";
        story.mayEndAs(end);
        Resolved resolved = client.resolve(
                new Request("DELETE", client.orderPath(), story.seller().key(), "", ""), "cancel");
        Answer answer = resolved.answer();
        boolean gone = answer.status() == 404 && end.equals("Deleted") && resolved.repeated();
        if (answer.outcome() == Outcome.OK || gone) {
            story.endsAs(end);
        } else if (resolved.known()) {
            client.unexpected("cancel", answer);
        }
    }

    /** An order in Error makes way for a new one under its reference. */
    private void createAgain() throws InterruptedException {
        Body body = body(3, true);
        story.sent(body);
        story.mayHave(3);
        story.endsAs("Submitted", "Draft", "Issued", "Error");
        Resolved resolved = client.submit(body, false, UUID.randomUUID().toString(), "create again");
        if (resolved.answer().outcome() == Outcome.OK) {
            story.orderIs(resolved.answer().orderId());
            story.has(3);
            String state = client.awaitSettled();
            if (!state.isEmpty()) {
                expect(state, body);
            }
        } else if (resolved.known()
                && !(resolved.repeated() && resolved.answer().code().equals("duplicate_order"))) {
            client.unexpected("create again", resolved.answer());
        }
    }
}
