package dev.drawbridge.platform.database;

import java.util.UUID;

/**
 * An order. Known down here because tickets, coupons, wallets and events belong to one; only {@code orders} reads it.
 */
public record OrderId(UUID value) implements Comparable<OrderId> {

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
