package dev.drawbridge.platform.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.feed.FeedList;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes, lists and revokes API keys, and says whose a presented key is. */
@Component
public class ApiKeys {

    /** A revoked key works no longer than this on other nodes. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(4);

    private static final int KEYS_MAX = 100_000;
    private static final String PURPOSE = "api key";
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String PRODUCTION = "production";

    private static final Set<Permission> PARTNERS_MAY_HAVE = Set.of(
            Permission.OTA_CHANNEL_MANAGER, Permission.TICKETING, Permission.ATTRACTION_WALLET, Permission.COUPON);

    private final Transactions transactions;
    private final ApiKeyStore store;
    private final Companies companies;
    private final PlatformKey platformKey;
    private final KeyedHash hash;
    private final AuditLog audit;
    private final ChangeFeed feed;
    private final Set<UUID> used = ConcurrentHashMap.newKeySet();
    private final Cache<String, Optional<ApiKeyStore.Stored>> known = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfter(Expiry.creating((String keyId, Optional<ApiKeyStore.Stored> key) -> knownFor(key)))
            .build();

    ApiKeys(
            Transactions transactions,
            ApiKeyStore store,
            Companies companies,
            PlatformKey platformKey,
            KeyedHash hash,
            AuditLog audit,
            ChangeFeed feed) {
        this.transactions = transactions;
        this.store = store;
        this.companies = companies;
        this.platformKey = platformKey;
        this.hash = hash;
        this.audit = audit;
        this.feed = feed;
    }

    /** What a key may hold at most: one bound to a partner neither lets guests in nor sets anything up. */
    public static Set<Permission> holdableBy(Optional<PartnerId> partner) {
        return partner.isPresent() ? PARTNERS_MAY_HAVE : EnumSet.allOf(Permission.class);
    }

    /**
     * Whose these keys are: the same live key once or more; empty for anything else.
     *
     * @param presented every key that the request carries
     */
    public Optional<Caller> authenticate(Collection<String> presented) {
        Set<String> different = Set.copyOf(presented);
        if (different.size() != 1) {
            return Optional.empty();
        }
        String key = different.iterator().next();
        if (platformKey.matches(key)) {
            return Optional.of(Caller.PLATFORM);
        }
        Optional<Caller> caller = KeyText.parse(key).flatMap(this::callerOf);
        caller.map(Caller::keyId).ifPresent(used::add);
        return caller;
    }

    /** Makes a key; refused with {@code forbidden} where it were to hold more than its maker does. */
    public ApiKey.Created create(Caller caller, Company company, ApiKey.Wanted wanted) {
        if (!caller.permissions().containsAll(wanted.permissions())) {
            throw new Problem(WebProblem.FORBIDDEN);
        }
        return transactions.inCompany(company.id(), open -> {
            KeyText text = KeyText.random(kindOf(company));
            var key = new ApiKey(
                    RowIds.next(),
                    text.prefix(),
                    wanted.name(),
                    wanted.partner(),
                    wanted.permissions().stream().sorted().distinct().toList(),
                    open.now(),
                    wanted.expiresAt(),
                    Optional.empty());
            store.insert(open, key, text.keyId(), hashOf(text));
            audit.record(open, caller, "api_key_created", key.id().toString(), described(key));
            return new ApiKey.Created(key, text.whole());
        });
    }

    /** Those that are not revoked, oldest first. */
    public List<ApiKey> list(Company company, Optional<UUID> after, int rowsMax) {
        String prefix = kindOf(company).prefix();
        return transactions.inCompany(
                company.id(), open -> store.list(open, prefix, after.orElse(BEFORE_ALL), rowsMax));
    }

    /**
     * Those that changed after the position of the change feed; a revoked one is gone.
     *
     * @throws Problem {@code resync_required}
     */
    public List<Changed<ApiKey>> changed(Company company, long after, int rowsMax) {
        String prefix = kindOf(company).prefix();
        var list = new FeedList(company.id(), ChangeKind.API_KEY, company.id().value());
        return feed.changed(list, after, rowsMax, (open, ids) -> store.byIds(open, prefix, ids).stream()
                .collect(Collectors.toMap(ApiKey::id, Function.identity())));
    }

    /** The partners that keys which are not revoked are bound to. */
    public Set<PartnerId> partners(CompanyTransaction transaction) {
        return store.partners(transaction);
    }

    /** Revokes a key: at once on this node, within five seconds on all. */
    public void revoke(Caller caller, Company company, UUID id) {
        transactions.inCompany(company.id(), open -> {
            String keyId = store.revoke(open, id).orElseThrow(() -> new Problem(WebProblem.RESOURCE_NOT_FOUND));
            audit.record(open, caller, "api_key_revoked", id.toString(), Map.of());
            forgetAfterCommit(keyId);
            return open;
        });
    }

    /** Writes down which keys were used since the last time. */
    void recordUse() {
        List<UUID> ids = List.copyOf(used);
        ids.forEach(used::remove);
        if (!ids.isEmpty()) {
            transactions.acrossCompanies(() -> {
                store.recordUse(ids);
                return ids;
            });
        }
    }

    private Optional<Caller> callerOf(KeyText presented) {
        Optional<ApiKeyStore.Stored> stored =
                known.get(presented.keyId(), keyId -> transactions.acrossCompanies(() -> store.find(keyId)));
        return stored.filter(key -> MessageDigest.isEqual(key.secretHash(), hashOf(presented)))
                .filter(ApiKeyStore.Stored::live)
                .map(ApiKeyStore.Stored::caller)
                .filter(caller -> kindOf(caller) == presented.kind());
    }

    /** Not past the moment at which it expires. */
    private static Duration knownFor(Optional<ApiKeyStore.Stored> key) {
        return key.filter(ApiKeyStore.Stored::live)
                .flatMap(ApiKeyStore.Stored::expiresIn)
                .filter(left -> left.compareTo(KNOWN_FOR) < 0)
                .orElse(KNOWN_FOR);
    }

    private KeyText.Kind kindOf(Caller caller) {
        return kindOf(companies.own(caller.company().orElseThrow()));
    }

    private static KeyText.Kind kindOf(Company company) {
        return company.isIn(PRODUCTION) ? KeyText.Kind.LIVE : KeyText.Kind.TEST;
    }

    private byte[] hashOf(KeyText key) {
        return hash.of(PURPOSE, key.secret().getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, ?> described(ApiKey key) {
        return Map.of(
                "partnerId", key.partner().map(PartnerId::toString).orElse(""),
                "permissions",
                        key.permissions().stream().map(Permission::caption).toList());
    }

    private void forgetAfterCommit(String keyId) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                known.invalidate(keyId);
            }
        });
    }
}
