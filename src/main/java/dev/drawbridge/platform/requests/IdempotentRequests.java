package dev.drawbridge.platform.requests;

import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.database.CommitUnknown;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.faults.FaultPoint;
import dev.drawbridge.platform.requests.IdempotencyStore.Kept;
import dev.drawbridge.platform.requests.IdempotencyStore.Key;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The header {@code Idempotency-Key}: a repeated request gets the first answer again and has no second effect. The
 * answer is kept in the transaction of its effect, so there is never one without the other; of long work the acceptance
 * is, and the answer follows in a transaction of its own.
 */
@Component
class IdempotentRequests {

    private static final int PURGED_AT_ONCE_MAX = 1_000;
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    /** What the first transaction of a long work found or did. */
    private sealed interface Begun {

        record Answered(Answer answer) implements Begun {}

        record Accepted(UUID orderId) implements Begun {}

        record Unfinished(UUID orderId) implements Begun {}
    }

    private final Transactions transactions;
    private final Companies companies;
    private final IdempotencyStore store;
    private final KeptAnswers keptAnswers;
    private final Counter replayed;

    IdempotentRequests(
            Transactions transactions,
            Companies companies,
            IdempotencyStore store,
            KeptAnswers keptAnswers,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.companies = companies;
        this.store = store;
        this.keptAnswers = keptAnswers;
        this.replayed = meters.counter("ocm.idempotent.replay");
    }

    Answer answer(Call call, Supplier<Answer> work) {
        Optional<Key> key = IdempotencyKeys.of(call);
        if (key.isEmpty()) {
            return work.get();
        }
        var own = new AtomicReference<@Nullable Answer>();
        return keepingRefusals(key.get(), call, () -> resolvingCommits(() -> once(key.get(), work, own)));
    }

    Answer answer(Call call, LongWork work) {
        Optional<Key> given = IdempotencyKeys.of(call);
        if (given.isEmpty()) {
            return work.finish(work.accept());
        }
        Key key = given.get();
        var own = new AtomicReference<@Nullable UUID>();
        Begun begun = keepingRefusals(key, call, () -> resolvingCommits(() -> begin(key, work, own)));
        return switch (begun) {
            case Begun.Answered known -> known.answer();
            case Begun.Accepted accepted -> finishing(key, call, () -> work.finish(accepted.orderId()));
            case Begun.Unfinished accepted -> finishing(key, call, () -> work.resume(accepted.orderId()));
        };
    }

    Answer answerApart(Call call, Supplier<Answer> work) {
        Optional<Key> given = IdempotencyKeys.of(call);
        if (given.isEmpty()) {
            return work.get();
        }
        Key key = given.get();
        Optional<Answer> known = transactions.inCompany(key.company(), open -> {
            Optional<Answer> replay = known(open, key).map(this::replay);
            if (replay.isEmpty()) {
                store.keep(open, key, keptAnswers.begun(key, null));
            }
            return replay;
        });
        return known.orElseGet(() -> forgettingFailures(key, () -> finishing(key, call, work)));
    }

    /** Deletes a batch of outdated answers of each company; true where there may be more. */
    boolean purge() {
        boolean more = false;
        for (CompanyId company : withNone(companies.all())) {
            int deleted = transactions.inCompany(company, open -> store.purge(open, PURGED_AT_ONCE_MAX));
            more |= deleted == PURGED_AT_ONCE_MAX;
        }
        return more;
    }

    private static List<CompanyId> withNone(List<CompanyId> companies) {
        List<CompanyId> all = new ArrayList<>(companies);
        all.add(IdempotencyKeys.NO_COMPANY_YET);
        return all;
    }

    /** @param own what this request has answered: found again, as it is kept, when the answer to its COMMIT was lost */
    private Answer once(Key key, Supplier<Answer> work, AtomicReference<@Nullable Answer> own) {
        return transactions.inCompany(key.company(), open -> {
            Optional<Kept> known = known(open, key);
            if (known.isPresent()) {
                Answer mine = own.get();
                return mine != null && keptAnswers.isOf(known.get(), mine) ? mine : replay(known.get());
            }
            Answer answer = work.get();
            own.set(answer);
            store.keep(open, key, keptAnswers.of(key, answer));
            FaultPoint.hit("idempotency-after-insert");
            return answer;
        });
    }

    /** @param own what this request has accepted: found again when the answer to its COMMIT was lost */
    private Begun begin(Key key, LongWork work, AtomicReference<@Nullable UUID> own) {
        return transactions.inCompany(key.company(), open -> {
            Optional<Kept> first = ofThisRequest(open, key);
            UUID accepted = first.map(Kept::orderId).orElse(null);
            if (accepted != null && accepted.equals(own.get())) {
                return new Begun.Accepted(accepted);
            }
            Optional<Kept> known = known(first);
            if (known.isPresent()) {
                return known.get().status() == null && accepted != null
                        ? new Begun.Unfinished(accepted)
                        : new Begun.Answered(replay(known.get()));
            }
            UUID orderId = work.accept();
            own.set(orderId);
            store.keep(open, key, keptAnswers.begun(key, orderId));
            FaultPoint.hit("idempotency-after-begin");
            return new Begun.Accepted(orderId);
        });
    }

    private Optional<Kept> known(CompanyTransaction open, Key key) {
        return known(ofThisRequest(open, key));
    }

    /** What is kept under the key, which is this transaction's until its end; another request's is refused. */
    private Optional<Kept> ofThisRequest(CompanyTransaction open, Key key) {
        if (!store.tryLock(key)) {
            throw new Problem(WebProblem.IDEMPOTENCY_IN_PROGRESS, SOON);
        }
        Optional<Kept> kept = store.find(open, key);
        if (kept.isPresent() && !Arrays.equals(kept.get().requestHash(), key.requestHash())) {
            throw new Problem(WebProblem.IDEMPOTENCY_KEY_REUSED);
        }
        return kept;
    }

    /** What was answered, or accepted by a request that has ended; a request that comes while that runs is refused. */
    private static Optional<Kept> known(Optional<Kept> kept) {
        Optional<Kept> unanswered = kept.filter(found -> found.status() == null);
        if (unanswered.filter(Kept::running).isPresent()) {
            throw new Problem(WebProblem.IDEMPOTENCY_IN_PROGRESS, SOON);
        }
        return unanswered.filter(found -> found.orderId() == null).isPresent() ? Optional.empty() : kept;
    }

    private Answer replay(Kept kept) {
        replayed.increment();
        return keptAnswers.replay(kept);
    }

    private Answer finishing(Key key, Call call, Supplier<Answer> work) {
        try {
            Answer answer = work.get();
            inOwn(key, open -> store.finish(key, keptAnswers.of(key, answer)));
            return answer;
        } catch (Problem refused) {
            if (KeptAnswers.isFinal(refused)) {
                inOwn(key, open -> store.finish(key, keptAnswers.of(key, refused, call.requestId())));
            } else {
                inOwn(key, open -> store.leave(key));
            }
            throw refused;
        } catch (RuntimeException failure) {
            inOwn(key, open -> store.leave(key));
            throw failure;
        }
    }

    private Answer forgettingFailures(Key key, Supplier<Answer> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            inOwn(key, open -> store.forget(key));
            throw failure;
        }
    }

    /** A refusal has rolled the work back; it is kept in a transaction of its own. */
    private <T> T keepingRefusals(Key key, Call call, Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem refused) {
            if (KeptAnswers.isFinal(refused)) {
                inOwn(key, open -> store.keep(open, key, keptAnswers.of(key, refused, call.requestId())));
            }
            throw refused;
        }
    }

    /**
     * After a COMMIT whose outcome is unknown the key says what became of it: kept, so the work was done; not kept
     * although its lock is free, so the work was rolled back and may be done now.
     */
    private static <T> T resolvingCommits(Supplier<T> work) {
        try {
            return work.get();
        } catch (CommitUnknown unknown) {
            return work.get();
        }
    }

    private void inOwn(Key key, Consumer<CompanyTransaction> work) {
        Function<CompanyTransaction, Boolean> done = open -> {
            work.accept(open);
            return true;
        };
        CompanyId company = key.company();
        transactions.inCompany(company, done);
    }
}
