package dev.drawbridge.platform.database;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * What a module has read of a company's setup, immutable, kept in memory under the setup version that it was read at.
 * One snapshot a company; a transaction that sees another version loads its own.
 */
public final class Snapshots<T> {

    private record Snapshot<T>(long setupVersion, T value) {}

    private final ConcurrentMap<CompanyId, Snapshot<T>> byCompany = new ConcurrentHashMap<>();
    private final Function<CompanyTransaction, T> load;

    public Snapshots(Function<CompanyTransaction, T> load) {
        this.load = load;
    }

    public T of(CompanyTransaction transaction) {
        Snapshot<T> known = byCompany.get(transaction.company());
        if (known != null && known.setupVersion() == transaction.setupVersion()) {
            return known.value();
        }
        var read = new Snapshot<>(transaction.setupVersion(), load.apply(transaction));
        byCompany.merge(
                transaction.company(), read, (old, young) -> old.setupVersion() > young.setupVersion() ? old : young);
        return read.value();
    }
}
