package dev.drawbridge.orders;

import dev.drawbridge.catalog.Component;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.catalog.UnitPrice;
import dev.drawbridge.coupons.CouponType;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.ticketing.Slot;
import dev.drawbridge.ticketing.SlotDemand;
import dev.drawbridge.ticketing.TicketType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an order comes to before capacity is asked for: which visits, at which price; or why it comes to nothing. */
sealed interface VisitPlan {

    Order order();

    /** The order cannot be issued, whatever capacity is left. */
    record Refused(Order order, StatusReason reason) implements VisitPlan {}

    record Visits(Order order, List<LineVisits> lines) implements VisitPlan {

        public Visits {
            lines = List.copyOf(lines);
        }

        /** Places by slot, over all lines and wallets. */
        SlotDemand demand() {
            Map<UUID, Integer> places = new HashMap<>();
            for (LineVisits line : lines) {
                for (PartVisit part : line.parts()) {
                    int guests = line.wallets() * part.tickets() * part.guestsPerTicket();
                    part.slots().forEach(slot -> places.merge(slot.slotId(), guests, Math::addExact));
                }
            }
            return new SlotDemand(order.id(), order.generation(), places, order.isPaid());
        }

        /** The end of the last slot; empty where no capacity is taken. */
        Optional<Instant> lastSlotEnd() {
            return lines.stream()
                    .flatMap(line -> line.parts().stream())
                    .flatMap(part -> part.slots().stream())
                    .map(Slot::endsAt)
                    .max(Comparator.naturalOrder());
        }
    }

    /** One line: so many wallets, each with all the parts. */
    record LineVisits(OrderLine line, int wallets, List<PartVisit> parts) {

        public LineVisits {
            parts = List.copyOf(parts);
        }

        /** The price of one wallet: the sum over its parts' rounded prices. */
        UnitPrice price() {
            return parts.stream().map(PartVisit::price).reduce(new UnitPrice(0, 0), UnitPrice::plus);
        }
    }

    /**
     * One part of a wallet: a bundle's component, or the line's own item.
     *
     * @param slots what each of its tickets is bound to, in the order of the ticket type's admissions
     */
    record PartVisit(
            Component part,
            Item item,
            Optional<TicketType> ticketType,
            Optional<CouponType> couponType,
            Visit visit,
            List<Slot> slots,
            UnitPrice unitPrice) {

        public PartVisit {
            slots = List.copyOf(slots);
        }

        /** A group comes in on one ticket. */
        int tickets() {
            return ticketType.map(type -> type.group() ? 1 : part.quantity()).orElse(0);
        }

        int guestsPerTicket() {
            return isGroup() ? part.quantity() : 1;
        }

        int coupons() {
            return couponType.map(type -> isGroup() ? 1 : part.quantity()).orElse(0);
        }

        UnitPrice price() {
            return unitPrice.times(part.quantity());
        }

        private boolean isGroup() {
            return ticketType.map(TicketType::group).orElse(false);
        }
    }

    /** When a guest comes, on the company's clock. */
    record Visit(LocalDate date, LocalTime time) {}
}
