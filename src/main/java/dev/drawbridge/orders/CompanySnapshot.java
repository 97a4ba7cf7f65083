package dev.drawbridge.orders;

import dev.drawbridge.catalog.CatalogSnapshot;
import dev.drawbridge.catalog.Component;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.coupons.CouponTypesSnapshot;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.ticketing.TicketType;
import dev.drawbridge.ticketing.TicketingSnapshot;
import java.util.List;
import java.util.Optional;

/** What a company sells, as one setup version says it. */
record CompanySnapshot(
        CompanySettings settings, CatalogSnapshot catalog, TicketingSnapshot ticketing, CouponTypesSnapshot coupons) {

    Optional<TicketType> ticketType(Item item) {
        return item.ticketTypeKey().flatMap(ticketing::ticketType);
    }

    boolean isGroup(Item item) {
        return ticketType(item).map(TicketType::group).orElse(false);
    }

    boolean isIssuable(Item item) {
        return item.bundle().isPresent()
                || item.ticketTypeKey().isPresent()
                || coupons.triggeredBy(item.key()).isPresent();
    }

    /** What one wallet of the item is made of: a bundle's components, or the item itself. */
    List<Component> parts(Item item, int quantity) {
        return item.bundle()
                .orElseGet(() -> List.of(new Component(item.key(), isGroup(item) ? quantity : 1, Optional.empty())));
    }

    /** A group line is one wallet, every other line one wallet per piece. */
    int walletsOf(Item item, int quantity) {
        return isGroup(item) ? 1 : quantity;
    }

    /** Wallets and assets of a line, counted and not expanded. */
    OrderSize sizeOf(Item item, int quantity) {
        long perWallet = 0;
        for (Component part : parts(item, quantity)) {
            perWallet += assetsOf(part);
        }
        long wallets = walletsOf(item, quantity);
        return new OrderSize(wallets, wallets * perWallet);
    }

    private long assetsOf(Component part) {
        Optional<Item> item = catalog.item(part.itemKey());
        long tickets = item.flatMap(this::ticketType)
                .map(type -> type.group() ? 1L : part.quantity())
                .orElse(0L);
        boolean triggersCoupons = coupons.triggeredBy(part.itemKey()).isPresent();
        return tickets + (triggersCoupons ? couponsOf(item, part) : 0L);
    }

    /** A group that triggers a coupon gets one, as it gets one ticket. */
    private long couponsOf(Optional<Item> item, Component part) {
        return item.map(this::isGroup).orElse(false) ? 1L : part.quantity();
    }
}
