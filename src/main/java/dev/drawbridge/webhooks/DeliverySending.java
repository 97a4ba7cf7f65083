package dev.drawbridge.webhooks;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.outbound.OutboundAnswer;
import dev.drawbridge.platform.outbound.OutboundAnswer.Reason;
import dev.drawbridge.platform.outbound.OutboundAnswer.Unanswered;
import dev.drawbridge.platform.outbound.OutboundPost;
import dev.drawbridge.platform.web.TraceContext;
import dev.drawbridge.webhooks.AttemptStore.Head;
import dev.drawbridge.webhooks.DeliveryAttempts.Attempt;
import dev.drawbridge.webhooks.LaneStore.Claim;
import dev.drawbridge.webhooks.Verdict.HandedBack;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends deliveries, each on a virtual thread, so many at once as this node can hold. A stop waits a moment for those
 * under way, then cuts them short and hands their lanes back, so that another node sends them at once.
 */
@Component
class DeliverySending implements SmartLifecycle {

    static final int UNDER_WAY_MAX = 128;

    private static final Logger LOG = LoggerFactory.getLogger(DeliverySending.class);
    private static final Duration FINISH_MAX = Duration.ofSeconds(5);

    /** After the jobs, which start them. */
    private static final int PHASE = -1;

    private final DeliveryAttempts attempts;
    private final OutboundPost post;
    private final SigningSecrets secrets;
    private final WebhookMetrics metrics;
    private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-delivery-", 1).factory());

    DeliverySending(DeliveryAttempts attempts, OutboundPost post, SigningSecrets secrets, WebhookMetrics metrics) {
        this.attempts = attempts;
        this.post = post;
        this.secrets = secrets;
        this.metrics = metrics;
    }

    /**
     * Claims what is due, as much as there is room for, and begins to send it.
     *
     * @param oneEnded called whenever one has ended: there is room again, and its lane may have another
     * @return how many were claimed
     */
    int startDue(Runnable oneEnded) {
        int taken = room.drainPermits();
        int used = 0;
        try {
            List<Claim> claims = taken == 0 ? List.of() : attempts.claimDue(taken);
            Map<CompanyId, List<Claim>> byCompany = claims.stream().collect(Collectors.groupingBy(Claim::company));
            for (Map.Entry<CompanyId, List<Claim>> batch : byCompany.entrySet()) {
                threads.execute(() -> start(batch.getKey(), batch.getValue(), oneEnded));
                used += batch.getValue().size();
            }
            return used;
        } finally {
            room.release(taken - used);
        }
    }

    /** Those that were not begun together, or could not be, begin alone. */
    private void start(CompanyId company, List<Claim> claims, Runnable oneEnded) {
        Map<Long, Attempt> begun = beginAll(company, claims);
        for (Claim claim : claims) {
            Optional<Attempt> together = Optional.ofNullable(begun.get(claim.leaseToken()));
            try {
                threads.execute(() -> doAndMakeRoom(claim, together, this::send, oneEnded));
            } catch (RejectedExecutionException stopping) {
                doAndMakeRoom(claim, together, this::handBack, oneEnded);
            }
        }
    }

    private Map<Long, Attempt> beginAll(CompanyId company, List<Claim> claims) {
        try {
            return attempts.beginAll(company, claims);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "webhook_attempts could not begin together, begin one by one company={} attempts={}",
                    company,
                    claims.size(),
                    failure);
            return Map.of();
        }
    }

    private void doAndMakeRoom(Claim claim, Optional<Attempt> begun, Consumer<Attempt> what, Runnable oneEnded) {
        try {
            begun.or(() -> attempts.begin(claim))
                    .ifPresent(attempt -> attempt.head().trace().during(() -> what.accept(attempt)));
        } catch (RuntimeException failure) {
            LOG.warn("webhook_attempt failed inside, sent again when its lease is over lane={}", claim.lane(), failure);
        } finally {
            room.release();
            oneEnded.run();
        }
    }

    private void handBack(Attempt attempt) {
        attempts.end(attempt, new HandedBack(Duration.ZERO));
    }

    void send(Attempt attempt) {
        FaultPoint.hit("before-webhook-send");
        OutboundAnswer answer = answer(attempt);
        FaultPoint.hit("after-webhook-send");
        Verdict verdict = Verdict.of(answer, attempt.number(), attempt.at(), ThreadLocalRandom.current()::nextDouble);
        boolean recorded = attempts.end(attempt, verdict);
        metrics.attempted(verdict, recorded);
        LOG.atInfo()
                .addKeyValue("company", attempt.claim().company())
                .addKeyValue("orderId", attempt.claim().lane().lane())
                .addKeyValue("delivery", attempt.head().delivery())
                .addKeyValue("webhook", attempt.head().subscription())
                .addKeyValue("attempt", attempt.number())
                .addKeyValue(
                        "status", verdict.last().status().map(String::valueOf).orElse("none"))
                .addKeyValue("error", verdict.last().error().orElse("none"))
                .addKeyValue("outcome", WebhookMetrics.outcome(verdict, recorded))
                .log("webhook_attempt");
    }

    /** A fault of ours is a failed attempt as well: it is tried again on the schedule, and not for ever. */
    private OutboundAnswer answer(Attempt attempt) {
        try {
            return post(attempt);
        } catch (RuntimeException failure) {
            LOG.error(
                    "webhook_attempt could not be made delivery={}",
                    attempt.head().delivery(),
                    failure);
            return new Unanswered(Reason.BROKEN, Duration.ZERO);
        }
    }

    /** The POST, in no transaction. */
    private OutboundAnswer post(Attempt attempt) {
        Head head = attempt.head();
        byte[] body = head.body().getBytes(StandardCharsets.UTF_8);
        long seconds = attempt.at().getEpochSecond();
        List<byte[]> keys = head.secrets().stream()
                .map(stored -> secrets.decrypt(stored, head.subscription()))
                .toList();
        String id = head.delivery().toString();
        Map<String, String> headers = Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                SigningSecrets.sign(id, seconds, body, keys),
                TraceContext.HEADER,
                head.trace().traceparent());
        return post.send(URI.create(head.url()), headers, body);
    }

    /** How many attempts are under way on this node. */
    int underWay() {
        return UNDER_WAY_MAX - room.availablePermits();
    }

    @Override
    public void start() {
        // The job begins when there is something to send.
    }

    @Override
    public void stop() {
        threads.shutdown();
        if (!ended()) {
            threads.shutdownNow();
            if (!ended()) {
                LOG.warn("webhook_attempts left={}: they are sent again when their leases are over", underWay());
            }
        }
    }

    private boolean ended() {
        try {
            return threads.awaitTermination(FINISH_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isShutdown();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
