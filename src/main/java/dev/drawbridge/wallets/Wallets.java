package dev.drawbridge.wallets;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.platform.numbers.UniqueNumbers;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Issues wallets under reference numbers that nobody else has, publishes and withdraws their manifests, voids them. */
@Component
public class Wallets {

    /**
     * The wallets of one line of an order, in one generation, that are not voided.
     *
     * @param assets what they hold together
     */
    public record Live(OrderId order, int generation, int lineNo, int wallets, int assets) {}

    private final WalletStore store;
    private final Numbers numbers;

    Wallets(WalletStore store, Numbers numbers) {
        this.store = store;
        this.numbers = numbers;
    }

    /**
     * Stores the wallets under reference numbers that are free.
     *
     * @param reserved which of some comparison keys are promised elsewhere and may not become reference numbers
     */
    public List<Wallet> issue(
            CompanyTransaction transaction,
            List<Wallet> planned,
            Numbering numbering,
            Function<Collection<String>, Set<String>> reserved) {
        return UniqueNumbers.store(
                planned,
                Wallet::walletId,
                wallet -> wallet.numbered(numbers.draw(transaction.company(), numbering)),
                drawn -> {
                    Set<String> promised = reserved.apply(
                            drawn.stream().map(Wallet::referenceKey).toList());
                    return store.insert(
                            transaction,
                            drawn.stream()
                                    .filter(wallet -> !promised.contains(wallet.referenceKey()))
                                    .toList());
                });
    }

    public void fill(CompanyTransaction transaction, List<WalletAsset> assets) {
        if (!assets.isEmpty()) {
            store.insertAssets(transaction, assets);
        }
    }

    public List<Wallet> of(CompanyTransaction transaction, OrderId order, int generation) {
        return store.of(transaction, order, generation);
    }

    public List<WalletAsset> assetsOf(CompanyTransaction transaction, OrderId order, int generation) {
        return store.assetsOf(transaction, order, generation);
    }

    /** How many tickets and coupons the order's wallets hold. */
    public int countAssets(CompanyTransaction transaction, OrderId order, int generation) {
        return store.countAssets(transaction, order, generation);
    }

    public Set<String> referencesAmong(CompanyTransaction transaction, Collection<String> keys) {
        return store.referencesAmong(transaction, keys);
    }

    /** From now on these manifests' addresses lead somewhere. */
    public void publish(CompanyTransaction transaction, List<ManifestLink> manifests) {
        if (!manifests.isEmpty()) {
            store.insertLinks(transaction, manifests);
        }
    }

    /** Voids the order's wallets of every generation and withdraws all its manifests; both stay on record. */
    public void voidAll(CompanyTransaction transaction, OrderId order) {
        store.voidAll(transaction, order);
        store.withdrawLinks(transaction, order);
    }

    /** Of those of the orders that have wallets which are not voided; to be compared. */
    public List<Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return store.live(transaction, orders);
    }

    /** The next orders by id that have wallets which are not voided. */
    public List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return store.ordersWithLive(transaction, after, max);
    }
}
