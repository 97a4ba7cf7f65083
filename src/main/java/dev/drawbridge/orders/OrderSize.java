package dev.drawbridge.orders;

/** How much an order issues; in long, so that no product of quantities overflows. */
record OrderSize(long wallets, long assets) {

    /** One order is one transaction; these keep it within a second. */
    private static final long WALLETS_MAX = 10_000;

    private static final long ASSETS_MAX = 20_000;

    static final OrderSize NONE = new OrderSize(0, 0);

    OrderSize plus(OrderSize other) {
        return new OrderSize(wallets + other.wallets, assets + other.assets);
    }

    boolean tooLarge() {
        return wallets > WALLETS_MAX || assets > ASSETS_MAX;
    }
}
