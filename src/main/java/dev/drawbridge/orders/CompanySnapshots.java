package dev.drawbridge.orders;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.CatalogSnapshot;
import dev.drawbridge.catalog.Component;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.coupons.CouponTypes;
import dev.drawbridge.coupons.CouponTypesSnapshot;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.ticketing.TicketType;
import dev.drawbridge.ticketing.TicketingSetup;
import dev.drawbridge.ticketing.TicketingSnapshot;
import java.util.List;
import java.util.Optional;

/** Puts together what the modules below keep in memory of a company's setup. */
// Component alone is the catalog's here.
@org.springframework.stereotype.Component
class CompanySnapshots {

    private final Companies companies;
    private final Catalog catalog;
    private final TicketingSetup ticketing;
    private final CouponTypes coupons;

    CompanySnapshots(Companies companies, Catalog catalog, TicketingSetup ticketing, CouponTypes coupons) {
        this.companies = companies;
        this.catalog = catalog;
        this.ticketing = ticketing;
        this.coupons = coupons;
    }

    CompanySnapshot of(CompanyTransaction transaction) {
        return new CompanySnapshot(
                companies.settings(transaction),
                catalog.of(transaction),
                ticketing.of(transaction),
                coupons.of(transaction));
    }

    /** What a company sells, as one setup version says it. */
    record CompanySnapshot(
            CompanySettings settings,
            CatalogSnapshot catalog,
            TicketingSnapshot ticketing,
            CouponTypesSnapshot coupons) {

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
                    .orElseGet(
                            () -> List.of(new Component(item.key(), isGroup(item) ? quantity : 1, Optional.empty())));
        }

        /** A group line is one wallet, every other line one wallet per piece. */
        int walletsOf(Item item, int quantity) {
            return isGroup(item) ? 1 : quantity;
        }

        /** Wallets and assets of a line, counted and not expanded. */
        OrderSize sizeOf(Item item, int quantity) {
            long perWallet = parts(item, quantity).stream()
                    .mapToLong(part -> issueOf(item, part).assets())
                    .sum();
            long wallets = walletsOf(item, quantity);
            return new OrderSize(wallets, wallets * perWallet);
        }

        /** Of the whole order, by this setup; a line whose item is gone issues nothing. */
        OrderSize sizeOf(List<Order.Line> lines) {
            return lines.stream()
                    .flatMap(
                            line -> catalog.item(line.itemNumber()).stream().map(item -> sizeOf(item, line.quantity())))
                    .reduce(OrderSize.NONE, OrderSize::plus);
        }

        /** What one part of a wallet issues; a group comes in on one ticket, and a line of a group gets one coupon. */
        PartIssue issueOf(Item line, Component part) {
            boolean group = catalog.item(part.itemKey()).map(this::isGroup).orElse(false);
            boolean ticket =
                    catalog.item(part.itemKey()).flatMap(this::ticketType).isPresent();
            boolean coupon = coupons.triggeredBy(part.itemKey()).isPresent();
            int pieces = part.quantity();
            return new PartIssue(
                    ticket ? (group ? 1 : pieces) : 0,
                    group ? pieces : 1,
                    coupon ? (group && line.bundle().isEmpty() ? 1 : pieces) : 0);
        }

        /** @param guestsPerTicket above 1 for groups only */
        record PartIssue(int tickets, int guestsPerTicket, int coupons) {

            long assets() {
                return (long) tickets + coupons;
            }
        }

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
    }
}
