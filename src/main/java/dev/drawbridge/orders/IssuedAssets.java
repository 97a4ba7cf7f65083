package dev.drawbridge.orders;

import dev.drawbridge.coupons.Coupon;
import dev.drawbridge.coupons.CouponType;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.LineVisits;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.PartVisit;
import dev.drawbridge.orders.VisitPlanning.VisitPlan.Visits;
import dev.drawbridge.platform.access.CompanySettings;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.database.RowIds;
import dev.drawbridge.ticketing.Slot;
import dev.drawbridge.ticketing.Ticket;
import dev.drawbridge.ticketing.TicketType;
import dev.drawbridge.wallets.Wallet;
import dev.drawbridge.wallets.WalletAsset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that a batch of orders is issued, expanded wallet by wallet; the numbers are drawn when it is stored. */
final class IssuedAssets {

    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private record Validity(Instant from, Instant until) {}

    private final CompanySettings settings;
    private final Instant now;
    private final List<Wallet> wallets = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<Coupon> coupons = new ArrayList<>();
    private final List<WalletAsset> contents = new ArrayList<>();

    IssuedAssets(CompanySettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    List<Wallet> wallets() {
        return wallets;
    }

    List<Ticket> tickets() {
        return tickets;
    }

    List<Coupon> coupons() {
        return coupons;
    }

    List<WalletAsset> contents() {
        return contents;
    }

    void add(Visits plan) {
        for (LineVisits line : plan.lines()) {
            for (int seqNo = 1; seqNo <= line.wallets(); seqNo++) {
                addWallet(plan.order(), line, seqNo);
            }
        }
    }

    private void addWallet(Order order, LineVisits line, int seqNo) {
        Order.Line.Wishes wishes = line.line().wishes();
        String externalReference = wishes.externalReference(seqNo);
        var wallet = new Wallet(
                RowIds.next(),
                order.id().value(),
                order.generation(),
                line.line().lineNo(),
                seqNo,
                "",
                "",
                externalReference,
                ComparisonKey.of(externalReference),
                wishes.name(seqNo),
                line.price().exclMinor(),
                line.price().inclMinor(),
                settings.currency(),
                UUID.randomUUID(),
                now);
        wallets.add(wallet);
        int componentNo = 0;
        for (PartVisit part : line.parts()) {
            for (int count = 0; count < part.issue().tickets(); count++) {
                addTicket(order, wallet, part, ++componentNo);
            }
            for (int count = 0; count < part.issue().coupons(); count++) {
                addCoupon(order, wallet, part, ++componentNo);
            }
        }
    }

    private void addTicket(Order order, Wallet wallet, PartVisit part, int componentNo) {
        TicketType type = part.ticketType().orElseThrow();
        Validity validity = part.slots().isEmpty()
                ? days(part.visit().date(), type.validity())
                : days(part.slots().getFirst().date(), Optional.empty());
        var ticket = new Ticket(
                RowIds.next(),
                wallet.orderId(),
                wallet.generation(),
                wallet.lineNo(),
                wallet.seqNo(),
                componentNo,
                "",
                "",
                type.key(),
                part.item().key(),
                part.issue().guestsPerTicket(),
                order.isPaid(),
                part.visit().date(),
                part.visit().time(),
                validity.from(),
                validity.until(),
                part.slots().stream().map(Slot::slotId).toList());
        tickets.add(ticket);
        putInto(wallet, componentNo, "ticket", ticket.ticketId());
    }

    private void addCoupon(Order order, Wallet wallet, PartVisit part, int componentNo) {
        CouponType type = part.couponType().orElseThrow();
        Validity validity = days(part.visit().date(), type.validity());
        var coupon = new Coupon(
                RowIds.next(),
                wallet.orderId(),
                wallet.generation(),
                wallet.lineNo(),
                wallet.seqNo(),
                componentNo,
                "",
                "",
                type.key(),
                part.item().key(),
                order.isPaid(),
                validity.from(),
                validity.until());
        coupons.add(coupon);
        putInto(wallet, componentNo, "coupon", coupon.couponId());
    }

    private void putInto(Wallet wallet, int componentNo, String type, UUID assetId) {
        contents.add(new WalletAsset(
                RowIds.next(), wallet.walletId(), wallet.orderId(), wallet.generation(), componentNo, type, assetId));
    }

    /** From the first second of the day to the last of the period's last day, on the company's clock. */
    private Validity days(LocalDate first, Optional<Period> period) {
        LocalDate last = period.map(length -> first.plus(length).minusDays(1)).orElse(first);
        return new Validity(
                first.atStartOfDay(settings.timeZone()).toInstant(),
                last.atTime(LAST_SECOND).atZone(settings.timeZone()).toInstant());
    }
}
