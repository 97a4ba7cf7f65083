package dev.drawbridge.webhooks;

import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.webhooks.AttemptStore.Head;
import dev.drawbridge.webhooks.AttemptStore.Outcome;
import dev.drawbridge.webhooks.Delivery.LastAttempt;
import dev.drawbridge.webhooks.Delivery.State;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The rows around attempts: claimed before them, settled after each; the attempt itself is in no transaction. */
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
    private final AttemptStore store;
    private final SubscriptionStore subscriptions;
    private final UpkeepStore upkeep;
    private final AuditLog audit;
    private final WebhookMetrics metrics;

    DeliveryAttempts(
            Transactions transactions,
            LaneStore lanes,
            AttemptStore store,
            SubscriptionStore subscriptions,
            UpkeepStore upkeep,
            AuditLog audit,
            WebhookMetrics metrics) {
        this.transactions = transactions;
        this.lanes = lanes;
        this.store = store;
        this.subscriptions = subscriptions;
        this.upkeep = upkeep;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * Claims what is due, which counts the attempts: one that kills its node counts as well. Nothing while another node
     * is claiming; the job looks again within moments.
     */
    List<Claim> claimDue(int max) {
        List<Claim> claims = transactions.acrossCompanies(
                () -> lanes.tryLockClaims() ? lanes.claimDue(max, CAPS, LEASE) : List.of());
        metrics.claimed(claims);
        return claims;
    }

    /**
     * What is first in these lanes of one company, read together, by lease token; without those lanes that need
     * {@link #begin}, because they are somebody else's by now or what is first in them is not simply to be sent.
     */
    Map<Long, Attempt> beginAll(CompanyId company, List<Claim> claims) {
        return transactions.inCompany(company, transaction -> {
            Map<Long, Head> heads = store.heads(transaction, claims);
            return claims.stream()
                    .flatMap(claim -> attempt(transaction, claim, heads).stream())
                    .collect(Collectors.toMap(attempt -> attempt.claim().leaseToken(), Function.identity()));
        });
    }

    /** What is first in the lane; empty when the lane is somebody else's by now, or nothing in it is wanted. */
    Optional<Attempt> begin(Claim claim) {
        return transactions.inCompany(claim.company(), transaction -> {
            if (!store.lockHeld(claim)) {
                return Optional.empty();
            }
            Claim counted = claim;
            Map<Long, Head> heads = store.heads(transaction, List.of(claim));
            while (dies(transaction, counted, heads)) {
                counted = claim.ofNext();
                heads = store.heads(transaction, List.of(claim));
            }
            Optional<Attempt> attempt = attempt(transaction, counted, heads);
            if (attempt.isEmpty()) {
                // A lane may be opened for a later delivery; the first one keeps its own time all the same.
                store.release(transaction, claim);
            } else if (!counted.equals(claim)) {
                store.countForNext(claim);
            }
            return attempt;
        });
    }

    private static Optional<Attempt> attempt(CompanyTransaction transaction, Claim claim, Map<Long, Head> heads) {
        return Optional.ofNullable(heads.get(claim.leaseToken()))
                .filter(head ->
                        hopeless(claim, head).isEmpty() && !head.nextAttemptAt().isAfter(transaction.now()))
                .map(head -> new Attempt(claim, head, head.attempts() + claim.begun(), transaction.now()));
    }

    /** What its subscription no longer wants dies unsent, when its turn comes. */
    private boolean dies(CompanyTransaction transaction, Claim claim, Map<Long, Head> heads) {
        Optional<Head> head = Optional.ofNullable(heads.get(claim.leaseToken()));
        Optional<String> why = head.flatMap(first -> hopeless(claim, first));
        if (why.isEmpty()) {
            return false;
        }
        store.end(
                transaction,
                new Outcome(
                        head.orElseThrow().delivery(),
                        State.DEAD,
                        head.orElseThrow().attempts() + claim.begun() - 1,
                        new LastAttempt(Optional.empty(), why, Optional.empty()),
                        Optional.empty()));
        transactions.afterCommit(metrics::dead);
        return true;
    }

    /** Why no attempt is made any more: nobody wants it, or none of its attempts ever came to an end. */
    private static Optional<String> hopeless(Claim claim, Head head) {
        if (!head.wanted()) {
            return Optional.of(Verdict.WEBHOOK_DISABLED);
        }
        return Optional.of(Verdict.LEASE_LOST)
                .filter(_ -> head.attempts() + claim.begun() > RetrySchedule.DELAYS.size() + 1);
    }

    /** Records what came of it; answers whether the lane was still held, for otherwise nothing is recorded. */
    boolean end(Attempt attempt, Verdict verdict) {
        return transactions.inCompany(attempt.claim().company(), transaction -> {
            boolean recorded = endLast(transaction, attempt, verdict) || endLocked(transaction, attempt, verdict);
            FaultPoint.hit("before-webhook-mark");
            return recorded;
        });
    }

    /** What most are, the only one in its lane and delivered, in one statement. */
    private boolean endLast(CompanyTransaction transaction, Attempt attempt, Verdict verdict) {
        return verdict instanceof Delivered delivered
                && store.deliveredLast(
                        transaction,
                        attempt.claim(),
                        outcome(attempt, State.DELIVERED, delivered.last(), Optional.empty()));
    }

    private boolean endLocked(CompanyTransaction transaction, Attempt attempt, Verdict verdict) {
        boolean held = store.lockHeld(attempt.claim());
        if (held) {
            settle(transaction, attempt, verdict);
            store.release(transaction, attempt.claim());
        }
        return held;
    }

    /** Locks in the one order: lane, delivery, subscription, upkeep, endpoint. */
    private void settle(CompanyTransaction transaction, Attempt attempt, Verdict verdict) {
        UUID subscription = attempt.head().subscription();
        UUID endpoint = attempt.claim().lane().endpoint();
        switch (verdict) {
            case Delivered delivered -> {
                store.end(transaction, outcome(attempt, State.DELIVERED, delivered.last(), Optional.empty()));
                subscriptions.succeeded(transaction, subscription);
                lanes.endpointSucceeded(transaction, endpoint);
            }
            case Again again -> {
                Instant next = transaction.now().plus(again.delay());
                store.end(transaction, outcome(attempt, State.PENDING, again.last(), Optional.of(next)));
                disableIfHopeless(transaction, subscription);
                lanes.endpointFailed(transaction, endpoint, again.pause());
            }
            case Dead dead -> {
                store.end(transaction, outcome(attempt, State.DEAD, dead.last(), Optional.empty()));
                transactions.afterCommit(metrics::dead);
                if (dead.gone()) {
                    disable(transaction, subscription, DisabledReason.GONE);
                } else {
                    disableIfHopeless(transaction, subscription);
                }
                lanes.endpointFailed(transaction, endpoint, Optional.empty());
            }
            case HandedBack back ->
                store.handBack(
                        transaction,
                        attempt.head().delivery(),
                        attempt.number() - 1,
                        transaction.now().plus(back.delay()));
        }
    }

    private static Outcome outcome(Attempt attempt, State state, LastAttempt last, Optional<Instant> nextAt) {
        return new Outcome(attempt.head().delivery(), state, attempt.number(), last, nextAt);
    }

    private void disableIfHopeless(CompanyTransaction transaction, UUID subscription) {
        Instant since = subscriptions.failed(transaction, subscription);
        if (!since.plus(WITHOUT_SUCCESS_MAX).isAfter(transaction.now())) {
            disable(transaction, subscription, DisabledReason.NO_SUCCESS);
        }
    }

    private void disable(CompanyTransaction transaction, UUID subscription, DisabledReason reason) {
        if (subscriptions.disable(transaction, subscription, reason)) {
            upkeep.soon(transaction);
            audit.recordOwn(transaction, "webhook_disabled", subscription.toString(), Map.of("reason", reason.word()));
            LOG.warn(
                    "webhook_disabled company={} webhook={} reason={}",
                    transaction.company(),
                    subscription,
                    reason.word());
        }
    }
}
