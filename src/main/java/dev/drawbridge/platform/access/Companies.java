package dev.drawbridge.platform.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.Snapshots;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.feed.ChangeFeed;
import dev.drawbridge.platform.feed.ChangeKind;
import dev.drawbridge.platform.feed.Changed;
import dev.drawbridge.platform.feed.FeedList;
import dev.drawbridge.platform.web.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The directory of companies. What it answers may be as old as {@value #KNOWN_FOR_SECONDS} s on other nodes. */
@Component
public class Companies {

    private static final int KNOWN_FOR_SECONDS = 4;
    private static final int PLACES_MAX = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Whose change feed the companies themselves are in: they belong to none. */
    private static final CompanyId DIRECTORY = new CompanyId(new UUID(0, 0));

    private record Place(UUID tenant, String environmentKey, String nameKey) {}

    private final Transactions transactions;
    private final CompanyStore store;
    private final ChangeFeed feed;
    private final Snapshots<CompanySettings> settings;
    private final Cache<Place, Optional<Company>> byPlace = cache();
    private final Cache<CompanyId, Company> byId = cache();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Companies(Transactions transactions, CompanyStore store, ChangeFeed feed) {
        this.transactions = transactions;
        this.store = store;
        this.feed = feed;
        this.settings = new Snapshots<>(store::setupVersion, open -> CompanyBlock.ofStored(store.settings(open))
                .settings());
    }

    /** @param nameOrId the name in any case, or the id */
    public Optional<Company> find(UUID tenant, String environment, String nameOrId) {
        var place = new Place(tenant, ComparisonKey.of(environment), ComparisonKey.of(nameOrId));
        return byPlace.get(place, unknown -> transactions.acrossCompanies(() -> read(tenant, environment, nameOrId)));
    }

    /** As {@link #find}, as it is at this moment. */
    public Optional<Company> findNow(UUID tenant, String environment, String nameOrId) {
        return transactions.acrossCompanies(() -> read(tenant, environment, nameOrId));
    }

    /** A company that is known to exist, such as an API key's. */
    public Company own(CompanyId id) {
        return byId.get(
                id, unknown -> transactions.acrossCompanies(() -> store.find(id).orElseThrow()));
    }

    public boolean tenantExists(UUID tenant) {
        return transactions.acrossCompanies(() -> store.tenantExists(tenant));
    }

    public boolean environmentExists(UUID tenant, String environment) {
        return transactions.acrossCompanies(() -> store.environmentExists(tenant, environment));
    }

    /** The companies of an environment that a caller may use, in the order of their ids. */
    public List<Company> usableBy(Caller caller, UUID tenant, String environment, Optional<UUID> after, int rowsMax) {
        if (caller.company().isPresent()) {
            return after.isPresent() ? List.of() : List.of(own(caller.company().get()));
        }
        return transactions.acrossCompanies(() -> store.list(tenant, environment, after.orElse(BEFORE_ALL), rowsMax));
    }

    /**
     * Those of {@link #usableBy} that changed after the position of the change feed.
     *
     * @throws dev.drawbridge.platform.web.Problem {@code resync_required}
     */
    public List<Changed<Company>> changed(Caller caller, UUID tenant, String environment, long after, int rowsMax) {
        FeedList list = caller.company()
                .map(own -> new FeedList(DIRECTORY, ChangeKind.OWN_COMPANY, own.value()))
                .orElseGet(() ->
                        FeedList.named(DIRECTORY, ChangeKind.COMPANY, tenant + "/" + ComparisonKey.of(environment)));
        return feed.changed(list, after, rowsMax, (open, ids) -> store.byIds(ids).stream()
                .collect(Collectors.toMap(company -> company.id().value(), Function.identity())));
    }

    /** Every company there is: for work that goes through all of them, one transaction each. */
    public List<CompanyId> all() {
        return transactions.acrossCompanies(store::ids);
    }

    public CompanySettings settings(CompanyTransaction transaction) {
        return settings.of(transaction);
    }

    /** The {@code company} block of the setup, as it was written. */
    public String settingsAsWritten(CompanyTransaction transaction) {
        return store.settings(transaction);
    }

    /**
     * As {@link #settingsAsWritten}, and nobody else changes the setup until this transaction ends; empty for a company
     * that is not there yet.
     */
    public Optional<String> lockSettings(CompanyTransaction transaction) {
        return store.lockSettings(transaction);
    }

    /**
     * Adds a company, in a transaction that was opened with its new id.
     *
     * @param settings the {@code company} block of the setup as written, JSON
     * @throws org.springframework.dao.DuplicateKeyException when somebody else added the same company meanwhile
     */
    public void add(CompanyTransaction transaction, Company company, String settings) {
        store.insert(transaction, company, settings);
        forgetAfterCommit();
    }

    /** Changes how a company is spelled and how it works; its place stays. Makes a new version of its setup. */
    public void change(CompanyTransaction transaction, Company company, String settings) {
        store.update(transaction, company, settings);
        forgetAfterCommit();
    }

    /** The version of the setup at this moment; {@link CompanyTransaction#setupVersion} is that of the beginning. */
    public long setupVersion(CompanyTransaction transaction) {
        return store.setupVersion(transaction);
    }

    /** Makes a new version of a company's setup: what was read of it before is read again. */
    public void raiseSetupVersion(CompanyTransaction transaction) {
        store.raiseSetupVersion(transaction);
        forgetAfterCommit();
    }

    /** Runs the action whenever this node has changed a setup: for what remembers something of it for a while. */
    public void whenChanged(Runnable action) {
        listeners.add(action);
    }

    private Optional<Company> read(UUID tenant, String environment, String nameOrId) {
        Optional<Company> byName = store.find(tenant, environment, nameOrId);
        return byName.isPresent()
                ? byName
                : Fields.uuid(nameOrId)
                        .flatMap(id -> store.find(new CompanyId(id)))
                        .filter(company -> company.tenant().equals(tenant) && company.isIn(environment));
    }

    private void forgetAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                byPlace.invalidateAll();
                byId.invalidateAll();
                listeners.forEach(Runnable::run);
            }
        });
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(PLACES_MAX)
                .expireAfterWrite(Duration.ofSeconds(KNOWN_FOR_SECONDS))
                .build();
    }
}
