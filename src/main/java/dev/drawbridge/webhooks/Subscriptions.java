package dev.drawbridge.webhooks;

import dev.drawbridge.partners.Partner;
import dev.drawbridge.partners.Partners;
import dev.drawbridge.platform.access.AuditLog;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.feed.FeedList;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import dev.drawbridge.webhooks.Subscription.Created;
import dev.drawbridge.webhooks.Subscription.DisabledReason;
import dev.drawbridge.webhooks.Subscription.State;
import dev.drawbridge.webhooks.Subscription.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who wants to be told of what. Another partner's subscription is as unknown as one that does not exist. */
@Component
class Subscriptions {

    static final int PER_PARTNER_MAX = 20;
    static final int PER_OPERATOR_MAX = 50;

    /** So long a replaced secret goes on signing beside the new one. */
    static final Duration OLD_SECRET_SIGNS = Duration.ofHours(24);

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;
    private final SubscriptionStore store;
    private final SigningSecrets secrets;
    private final UpkeepStore upkeep;
    private final Partners partners;
    private final AuditLog audit;
    private final ChangeFeed feed;

    Subscriptions(
            Transactions transactions,
            SubscriptionStore store,
            SigningSecrets secrets,
            UpkeepStore upkeep,
            Partners partners,
            AuditLog audit,
            ChangeFeed feed) {
        this.transactions = transactions;
        this.store = store;
        this.secrets = secrets;
        this.upkeep = upkeep;
        this.partners = partners;
        this.audit = audit;
        this.feed = feed;
    }

    /** @throws Problem what the wish is refused with, {@code partner_inactive}, {@code too_many_webhooks} */
    Created create(Caller caller, CompanyId company, Supplier<Wanted> wish) {
        return transactions.inCompany(company, transaction -> {
            Wanted wanted = wish.get();
            requireActivePartner(transaction, caller);
            store.lockOwner(transaction, caller.partner());
            int max = caller.isOperator() ? PER_OPERATOR_MAX : PER_PARTNER_MAX;
            if (store.count(transaction, caller.partner()) >= max) {
                throw new Problem(WebhookProblem.TOO_MANY_WEBHOOKS);
            }
            UUID id = RowIds.next();
            byte[] secret = secrets.next();
            store.insert(transaction, id, wanted, secrets.encrypt(secret, id));
            audit.record(
                    transaction,
                    caller,
                    "webhook_created",
                    id.toString(),
                    Map.of("eventName", wanted.interest().eventName()));
            return new Created(find(transaction, caller, id), SigningSecrets.shown(secret));
        });
    }

    List<Subscription> list(Caller caller, CompanyId company, Optional<UUID> after, int max) {
        return transactions.inCompany(
                company, transaction -> store.list(transaction, caller.partner(), after.orElse(BEFORE_ALL), max));
    }

    /**
     * Those of {@link #list} that changed after the position of the change feed.
     *
     * @throws Problem {@code resync_required}
     */
    List<Changed<Subscription>> changed(Caller caller, CompanyId company, long after, int max) {
        FeedList list = caller.partner()
                .map(partner -> new FeedList(company, ChangeKind.PARTNER_WEBHOOK, partner.value()))
                .orElseGet(() -> new FeedList(company, ChangeKind.WEBHOOK, company.value()));
        return feed.changed(list, after, max, (transaction, ids) -> store.byIds(transaction, ids).stream()
                .collect(Collectors.toMap(Subscription::id, Function.identity())));
    }

    /** @throws Problem {@code resource_not_found} */
    Subscription find(Caller caller, CompanyId company, UUID id) {
        return transactions.inCompany(company, transaction -> find(transaction, caller, id));
    }

    Subscription find(CompanyTransaction transaction, Caller caller, UUID id) {
        return store.find(transaction, id)
                .filter(found -> maySee(caller, found))
                .orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
    }

    /** As {@link #find}, for something to be sent to it. */
    Subscription findActive(CompanyTransaction transaction, Caller caller, UUID id) {
        Subscription found = findToChange(transaction, caller, id);
        if (found.state() == State.DISABLED) {
            throw new Problem(WebhookProblem.WEBHOOK_DISABLED);
        }
        return found;
    }

    /** @throws Problem {@code resource_not_found}, what the body is refused with, {@code partner_inactive} */
    Subscription change(Caller caller, CompanyId company, UUID id, Supplier<State> body) {
        return transactions.inCompany(company, transaction -> {
            find(transaction, caller, id);
            State state = body.get();
            Subscription before = findToChange(transaction, caller, id);
            if (before.state() != state) {
                switch (state) {
                    case ACTIVE -> store.activate(transaction, id);
                    case DISABLED -> store.disable(transaction, id, DisabledReason.REQUESTED);
                }
                upkeep.soon(transaction);
                audit.record(transaction, caller, "webhook_changed", id.toString(), Map.of("state", state.word()));
            }
            return find(transaction, caller, id);
        });
    }

    void delete(Caller caller, CompanyId company, UUID id) {
        transactions.inCompany(company, transaction -> {
            find(transaction, caller, id);
            store.delete(transaction, id);
            upkeep.soon(transaction);
            audit.record(transaction, caller, "webhook_deleted", id.toString(), Map.of());
            return id;
        });
    }

    /** A new secret; the one that signed until now goes on for a day, the one before that ends. */
    Created rotateSecret(Caller caller, CompanyId company, UUID id) {
        return transactions.inCompany(company, transaction -> {
            findToChange(transaction, caller, id);
            byte[] secret = secrets.next();
            store.replaceSecret(
                    transaction,
                    id,
                    secrets.encrypt(secret, id),
                    transaction.now().plus(OLD_SECRET_SIGNS));
            audit.record(transaction, caller, "webhook_secret_rotated", id.toString(), Map.of());
            return new Created(find(transaction, caller, id), SigningSecrets.shown(secret));
        });
    }

    private Subscription findToChange(CompanyTransaction transaction, Caller caller, UUID id) {
        Subscription found = find(transaction, caller, id);
        requireActivePartner(transaction, caller);
        return found;
    }

    /** An inactive partner's key may read and delete, no more. */
    private void requireActivePartner(CompanyTransaction transaction, Caller caller) {
        Optional<PartnerId> partner = caller.partner();
        if (partner.isPresent()
                && partners.find(transaction, partner.get())
                        .filter(Partner::active)
                        .isEmpty()) {
            throw new Problem(WebhookProblem.PARTNER_INACTIVE);
        }
    }

    private static boolean maySee(Caller caller, Subscription subscription) {
        return caller.isOperator() || subscription.wanted().interest().partner().equals(caller.partner());
    }
}
