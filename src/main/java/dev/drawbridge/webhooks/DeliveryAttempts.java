package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.Delivery.State;
import dev.drawbridge.webhooks.DeliveryStore.Head;
import dev.drawbridge.webhooks.LaneStore.Caps;
import dev.drawbridge.webhooks.LaneStore.Claim;
import dev.drawbridge.webhooks.Subscription.DisabledReason;
import dev.drawbridge.webhooks.Verdict.Again;
import dev.drawbridge.webhooks.Verdict.Dead;
import dev.drawbridge.webhooks.Verdict.Delivered;
import dev.drawbridge.webhooks.Verdict.HandedBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The rows around an attempt: claimed before it, settled after it; the attempt itself is in no transaction. */
@Component
class DeliveryAttempts {

    /** An attempt is over after 15 s, and what came of it is recorded within seconds. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** So long without one success disables a subscription. */
    static final Duration WITHOUT_SUCCESS_MAX = Duration.ofDays(5);

    /** At once, to one endpoint; one that keeps failing must not hold many of our connections for 15 s each. */
    private static final Caps CAPS = new Caps(8, 2, 5);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempts.class);

    /**
     * An attempt that is to be made.
     *
     * @param number of this delivery's attempts, from 1
     * @param at the database's time; what is signed
     */
    record Attempt(Claim claim, Head head, int number, Instant at) {}

    private final Transactions transactions;
    private final LaneStore lanes;
    private final DeliveryStore deliveries;
    private final SubscriptionStore subscriptions;
    private final AuditLog audit;
    private final WebhookMetrics metrics;

    DeliveryAttempts(
            Transactions transactions,
            LaneStore lanes,
            DeliveryStore deliveries,
            SubscriptionStore subscriptions,
            AuditLog audit,
            WebhookMetrics metrics) {
        this.transactions = transactions;
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.metrics = metrics;
    }

    List<Claim> claimDue(int max) {
        return transactions.acrossCompanies(() -> lanes.claimDue(max, CAPS, LEASE));
    }

    /** What is first in the lane; empty when the lane is somebody else's by now, or nothing in it is wanted. */
    Optional<Attempt> begin(Claim claim) {
        return transactions.inCompany(claim.company(), transaction -> {
            if (!lanes.lockHeld(claim)) {
                return Optional.empty();
            }
            Optional<Head> head = wantedHead(transaction, claim);
            head.ifPresentOrElse(
                    found -> deliveries.begin(transaction, found.delivery()),
                    () -> lanes.release(transaction, claim.lane()));
            return head.map(found -> new Attempt(claim, found, found.attempts() + 1, transaction.now()));
        });
    }

    /** What its subscription no longer wants dies unsent, when its turn comes. */
    private Optional<Head> wantedHead(CompanyTransaction transaction, Claim claim) {
        Optional<Head> head = deliveries.head(transaction, claim.lane());
        for (Optional<String> why = head.flatMap(DeliveryAttempts::hopeless);
                why.isPresent();
                why = head.flatMap(DeliveryAttempts::hopeless)) {
            var last = new LastAttempt(Optional.empty(), why, Optional.empty());
            deliveries.end(transaction, head.orElseThrow().delivery(), State.DEAD, last, Optional.empty());
            transactions.afterCommit(metrics::dead);
            head = deliveries.head(transaction, claim.lane());
        }
        // A lane may be opened for a later delivery; the first one keeps its own time all the same.
        return head.filter(found -> !found.nextAttemptAt().isAfter(transaction.now()));
    }

    /** Why no attempt is made any more: nobody wants it, or none of its attempts ever came to an end. */
    private static Optional<String> hopeless(Head head) {
        if (!head.wanted()) {
            return Optional.of(Verdict.WEBHOOK_DISABLED);
        }
        return Optional.of(Verdict.LEASE_LOST).filter(_ -> head.attempts() > RetrySchedule.DELAYS.size());
    }

    /** Records what came of it; answers whether the lane was still held, for otherwise nothing is recorded. */
    boolean end(Attempt attempt, Verdict verdict) {
        Claim claim = attempt.claim();
        return transactions.inCompany(claim.company(), transaction -> {
            boolean held = lanes.lockHeld(claim);
            if (held) {
                settle(transaction, attempt, verdict);
                lanes.release(transaction, claim.lane());
                FaultPoint.hit("before-webhook-mark");
            }
            return held;
        });
    }

    /** Locks in the one order: lane, delivery, subscription, endpoint. */
    private void settle(CompanyTransaction transaction, Attempt attempt, Verdict verdict) {
        UUID delivery = attempt.head().delivery();
        UUID subscription = attempt.head().subscription();
        UUID endpoint = attempt.claim().lane().endpoint();
        switch (verdict) {
            case Delivered delivered -> {
                deliveries.end(transaction, delivery, State.DELIVERED, delivered.last(), Optional.empty());
                subscriptions.succeeded(transaction, subscription);
                lanes.endpointSucceeded(transaction, endpoint);
            }
            case Again again -> {
                Instant next = transaction.now().plus(again.delay());
                deliveries.end(transaction, delivery, State.PENDING, again.last(), Optional.of(next));
                disableIfHopeless(transaction, subscription);
                lanes.endpointFailed(transaction, endpoint, again.pause());
            }
            case Dead dead -> {
                deliveries.end(transaction, delivery, State.DEAD, dead.last(), Optional.empty());
                transactions.afterCommit(metrics::dead);
                if (dead.gone()) {
                    disable(transaction, subscription, DisabledReason.GONE);
                } else {
                    disableIfHopeless(transaction, subscription);
                }
                lanes.endpointFailed(transaction, endpoint, Optional.empty());
            }
            case HandedBack _ -> deliveries.handBack(transaction, delivery);
        }
    }

    private void disableIfHopeless(CompanyTransaction transaction, UUID subscription) {
        Instant since = subscriptions.failed(transaction, subscription);
        if (!since.plus(WITHOUT_SUCCESS_MAX).isAfter(transaction.now())) {
            disable(transaction, subscription, DisabledReason.NO_SUCCESS);
        }
    }

    private void disable(CompanyTransaction transaction, UUID subscription, DisabledReason reason) {
        if (subscriptions.disable(transaction, subscription, reason)) {
            audit.recordOwn(transaction, "webhook_disabled", subscription.toString(), Map.of("reason", reason.word()));
            LOG.warn(
                    "webhook_disabled company={} webhook={} reason={}",
                    transaction.company(),
                    subscription,
                    reason.word());
        }
    }
}
