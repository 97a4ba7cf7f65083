package dev.drawbridge.orders;

import dev.drawbridge.catalog.Item;
import dev.drawbridge.coupons.Coupon;
import dev.drawbridge.coupons.Coupons;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.Order.Line.ComponentVisit;
import dev.drawbridge.orders.OrderView.AssetView;
import dev.drawbridge.orders.OrderView.ItemView;
import dev.drawbridge.orders.OrderView.OrderSummaryView;
import dev.drawbridge.orders.OrderView.SlotView;
import dev.drawbridge.orders.OrderView.WalletView;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.ticketing.Slot;
import dev.drawbridge.ticketing.SlotStore;
import dev.drawbridge.ticketing.Ticket;
import dev.drawbridge.ticketing.Tickets;
import dev.drawbridge.wallets.Wallet;
import dev.drawbridge.wallets.WalletAsset;
import dev.drawbridge.wallets.Wallets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows orders: as they are now, in the words of their guests' languages. */
@Component
class OrderViews {

    /** What an issued order holds, read at once. */
    private record Holdings(
            Map<Integer, List<Wallet>> walletsByLine,
            Map<UUID, List<WalletAsset>> assetsByWallet,
            Map<UUID, Ticket> tickets,
            Map<UUID, Coupon> coupons,
            Map<UUID, Slot> slots) {}

    private final CompanySnapshots snapshots;
    private final Wallets wallets;
    private final Tickets tickets;
    private final Coupons coupons;
    private final SlotStore slots;
    private final ServerSettings server;

    OrderViews(
            CompanySnapshots snapshots,
            Wallets wallets,
            Tickets tickets,
            Coupons coupons,
            SlotStore slots,
            ServerSettings server) {
        this.snapshots = snapshots;
        this.wallets = wallets;
        this.tickets = tickets;
        this.coupons = coupons;
        this.slots = slots;
        this.server = server;
    }

    OrderView of(CompanyTransaction transaction, Order order) {
        CompanySnapshot company = snapshots.of(transaction);
        Optional<Holdings> holdings =
                order.status().hasWallets() ? Optional.of(holdings(transaction, order)) : Optional.empty();
        return new OrderView(
                order.id().value(),
                order.status().word(),
                order.state().reason().message(),
                order.state().reason().code(),
                order.partner().value(),
                order.identity().reference(),
                order.identity().documentNumber(),
                order.identity().receivedAt(),
                order.lines().stream()
                        .map(line -> item(company, order, line, holdings))
                        .toList(),
                order.terms().sellTo().email(),
                order.terms().sellTo().name(),
                order.terms().sellTo().language(),
                order.terms().paymentReference(),
                order.state().jobId(),
                order.state().holdExpiresAt().orElse(null),
                manifestUrl(order));
    }

    OrderSummaryView summary(Order order) {
        return new OrderSummaryView(
                order.id().value(),
                order.id().value(),
                order.status().word(),
                order.state().reason().message(),
                order.state().reason().code(),
                order.partner().value(),
                order.identity().reference(),
                order.identity().documentNumber(),
                order.identity().receivedAt(),
                order.terms().sellTo().email(),
                order.terms().sellTo().name(),
                order.terms().sellTo().language(),
                order.terms().paymentReference(),
                order.state().jobId(),
                order.state().holdExpiresAt().orElse(null),
                manifestUrl(order));
    }

    private Holdings holdings(CompanyTransaction transaction, Order order) {
        List<Ticket> ofOrder = tickets.of(transaction, order.id(), order.generation());
        List<UUID> slotIds =
                ofOrder.stream().flatMap(ticket -> ticket.slotIds().stream()).toList();
        return new Holdings(
                wallets.of(transaction, order.id(), order.generation()).stream()
                        .collect(Collectors.groupingBy(Wallet::lineNo)),
                wallets.assetsOf(transaction, order.id(), order.generation()).stream()
                        .collect(Collectors.groupingBy(WalletAsset::walletId)),
                ofOrder.stream().collect(Collectors.toMap(Ticket::ticketId, Function.identity())),
                coupons.of(transaction, order.id(), order.generation()).stream()
                        .collect(Collectors.toMap(Coupon::couponId, Function.identity())),
                slots.byIds(transaction, slotIds));
    }

    private ItemView item(CompanySnapshot company, Order order, Order.Line line, Optional<Holdings> holdings) {
        Optional<Item> item = company.catalog().item(line.itemNumber());
        List<ComponentVisit> schedule = line.wishes().componentSchedule();
        return new ItemView(
                line.lineNo(),
                line.itemNumber(),
                description(item, line),
                item.flatMap(Item::bundle).isPresent(),
                line.quantity(),
                line.visitDate(),
                line.visitTime(),
                holdings.map(held -> wallets(company, order, line, held)).orElseGet(() -> shells(company, order, line)),
                line.sellTo().name(),
                line.sellTo().email(),
                line.sellTo().language(),
                schedule.isEmpty() ? null : schedule);
    }

    /** Wallets that are still to be issued; a cancelled order has none. */
    private static List<WalletView> shells(CompanySnapshot company, Order order, Order.Line line) {
        if (order.status() == OrderStatus.CANCELLED) {
            return List.of();
        }
        int count = company.catalog()
                .item(line.itemNumber())
                .map(item -> company.walletsOf(item, line.quantity()))
                .orElse(line.quantity());
        return IntStream.rangeClosed(1, count)
                .mapToObj(seqNo -> WalletView.shell(
                        seqNo,
                        line.wishes().externalReference(seqNo),
                        line.wishes().name(seqNo)))
                .toList();
    }

    private List<WalletView> wallets(CompanySnapshot company, Order order, Order.Line line, Holdings holdings) {
        return holdings.walletsByLine().getOrDefault(line.lineNo(), List.of()).stream()
                .map(wallet -> new WalletView(
                        wallet.seqNo(),
                        assets(company, line, wallet, holdings),
                        wallet.walletId(),
                        wallet.referenceNumber(),
                        wallet.externalReference(),
                        wallet.name().isEmpty()
                                ? description(company.catalog().item(line.itemNumber()), line)
                                : wallet.name(),
                        wallet.issuedAt(),
                        money(wallet.priceExclMinor()),
                        money(wallet.priceInclMinor()),
                        wallet.currency(),
                        order.status() == OrderStatus.ISSUED ? manifestUrl(wallet.manifestId()) : null))
                .toList();
    }

    private static List<AssetView> assets(CompanySnapshot company, Order.Line line, Wallet wallet, Holdings holdings) {
        List<AssetView> assets = new ArrayList<>();
        for (WalletAsset asset : holdings.assetsByWallet().getOrDefault(wallet.walletId(), List.of())) {
            Optional.ofNullable(holdings.tickets().get(asset.assetId()))
                    .ifPresent(ticket -> assets.add(ticket(company, line, asset, ticket, holdings)));
            Optional.ofNullable(holdings.coupons().get(asset.assetId()))
                    .ifPresent(coupon -> assets.add(coupon(company, line, asset, coupon)));
        }
        return assets;
    }

    private static AssetView ticket(
            CompanySnapshot company, Order.Line line, WalletAsset asset, Ticket ticket, Holdings holdings) {
        Optional<Item> item = company.catalog().item(ticket.itemKey());
        return new AssetView(
                asset.id(),
                asset.type(),
                ticket.ticketId(),
                ticket.number(),
                item.map(Item::number).orElse(ticket.itemKey()),
                description(item, line),
                ticket.validFrom(),
                ticket.validUntil(),
                ticket.slotIds().stream()
                        .flatMap(id -> Optional.ofNullable(holdings.slots().get(id)).stream())
                        .map(slot -> slot(company, slot))
                        .toList());
    }

    private static AssetView coupon(CompanySnapshot company, Order.Line line, WalletAsset asset, Coupon coupon) {
        Optional<Item> item = company.catalog().item(coupon.itemKey());
        return new AssetView(
                asset.id(),
                asset.type(),
                coupon.couponId(),
                coupon.number(),
                item.map(Item::number).orElse(coupon.itemKey()),
                description(item, line),
                coupon.validFrom(),
                coupon.validUntil(),
                null);
    }

    private static SlotView slot(CompanySnapshot company, Slot slot) {
        String code = company.ticketing()
                .admission(slot.admissionKey())
                .map(admission -> admission.code())
                .orElse(slot.admissionKey());
        return new SlotView(slot.slotId(), code, slot.startsAt(), slot.endsAt());
    }

    /** In the line's language where the item has it, read at the time of reading. */
    private static String description(Optional<Item> item, Order.Line line) {
        return item.map(known -> known.descriptionIn(line.sellTo().language())).orElse("");
    }

    private static BigDecimal money(long minor) {
        return BigDecimal.valueOf(minor, 2);
    }

    private @Nullable String manifestUrl(Order order) {
        return order.status() == OrderStatus.ISSUED
                ? order.state().manifestId().map(this::manifestUrl).orElse(null)
                : null;
    }

    private String manifestUrl(UUID manifestId) {
        return server.publicBaseUrl() + "/wallets/manifest?mid=" + manifestId;
    }
}
