package dev.drawbridge.platform.database;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * What a module has read of a company's setup, immutable, kept in memory under the setup version that it was read at.
 * One snapshot a company; a transaction that sees another version loads its own.
 */
public final class Snapshots<T> {

    private record Snapshot<T>(long setupVersion, T value) {}

    private final ConcurrentMap<CompanyId, Snapshot<T>> byCompany = new ConcurrentHashMap<>();
    private final ToLongFunction<CompanyTransaction> presentVersion;
    private final Function<CompanyTransaction, T> load;

    /** @param presentVersion reads the version of the setup as it is at the moment, committed by whomever */
    public Snapshots(ToLongFunction<CompanyTransaction> presentVersion, Function<CompanyTransaction, T> load) {
        this.presentVersion = presentVersion;
        this.load = load;
    }

    /**
     * What the setup says at the transaction's version.
     *
     * @throws ConcurrencyFailureException when another version was committed since the transaction began: what was read
     *     may be of that one, and what other modules have read is not; it runs again, at the new version
     */
    public T of(CompanyTransaction transaction) {
        Snapshot<T> known = byCompany.get(transaction.company());
        if (known != null && known.setupVersion() == transaction.setupVersion()) {
            return known.value();
        }
        var read = new Snapshot<>(transaction.setupVersion(), load.apply(transaction));
        long present = presentVersion.applyAsLong(transaction);
        if (present != transaction.setupVersion()) {
            throw new ConcurrencyFailureException(
                    "The setup went from version " + transaction.setupVersion() + " to " + present + " meanwhile");
        }
        byCompany.merge(
                transaction.company(), read, (old, young) -> old.setupVersion() > young.setupVersion() ? old : young);
        return read.value();
    }
}
