package dev.drawbridge.coupons;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Numbers;
import dev.drawbridge.platform.numbers.UniqueNumbers;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Issues coupons under numbers that nobody else has, makes them redeemable, and voids them. */
@Component
public class Coupons {

    /**
     * The coupons of one generation of an order that are not voided.
     *
     * @param paid how many of them can be redeemed
     */
    public record Live(OrderId order, int generation, int coupons, int paid) {}

    private final CouponStore store;
    private final Numbers numbers;

    Coupons(CouponStore store, Numbers numbers) {
        this.store = store;
        this.numbers = numbers;
    }

    /**
     * Stores the coupons under numbers that are free.
     *
     * @param numbering of a coupon, by its type
     */
    public List<Coupon> issue(
            CompanyTransaction transaction, List<Coupon> planned, Function<Coupon, Numbering> numbering) {
        return UniqueNumbers.store(
                planned,
                Coupon::couponId,
                coupon -> coupon.numbered(numbers.draw(transaction.company(), numbering.apply(coupon))),
                drawn -> store.insert(transaction, drawn));
    }

    public List<Coupon> of(CompanyTransaction transaction, OrderId order, int generation) {
        return store.of(transaction, order, generation);
    }

    /** Whether a coupon of this order that is not voided has been redeemed. */
    public boolean anyRedeemed(CompanyTransaction transaction, OrderId order) {
        return store.anyRedeemed(transaction, order);
    }

    /** Makes a paid Draft's coupons redeemable; answers how many there are. */
    public int makeRedeemable(CompanyTransaction transaction, OrderId order, int generation) {
        return store.markIssued(transaction, order, generation);
    }

    /** Voids the order's coupons of every generation; the numbers stay on record. */
    public void voidAll(CompanyTransaction transaction, OrderId order) {
        store.voidAll(transaction, order);
    }

    /** Of those of the orders that have coupons which are not voided; to be compared. */
    public List<Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return store.live(transaction, orders);
    }

    /** The next orders by id that have coupons which are not voided. */
    public List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return store.ordersWithLive(transaction, after, max);
    }
}
