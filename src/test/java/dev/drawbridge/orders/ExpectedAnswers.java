package dev.drawbridge.orders;

import dev.drawbridge.orders.OrdersSeen.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@link ExpectedOrders} answers to the last request that had a key, and when its key comes again. */
final class ExpectedAnswers {

    private static final Duration KEPT = Duration.ofHours(24);

    private @Nullable Supplier<Set<Answered>> last;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(boolean changed, Set<Answered> answers, Instant since) {}

    /** A request with a new key. */
    Set<Answered> first(Supplier<Set<Answered>> request, Instant now) {
        last = request;
        kept = Optional.empty();
        return again(false, now);
    }

    /** @param changed it is another request */
    Set<Answered> again(boolean changed, Instant now) {
        Supplier<Set<Answered>> request = last;
        if (request == null) {
            return Set.of(OrdersSeen.NOTHING);
        }
        kept = kept.filter(answer -> answer.since().plus(KEPT).isAfter(now));
        if (kept.isPresent()) {
            return kept.get().changed() == changed
                    ? kept.get().answers().stream()
                            .map(answer -> new Answered(answer.status(), answer.word(), true))
                            .collect(Collectors.toSet())
                    : Set.of(new Answered(422, "idempotency_key_reused", false));
        }
        Set<Answered> answers = request.get();
        if (answers.stream().noneMatch(answer -> answer.word().equals("order_in_flight"))) {
            kept = Optional.of(new Kept(changed, answers, now));
        }
        return answers;
    }
}
