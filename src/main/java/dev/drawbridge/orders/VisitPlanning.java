package dev.drawbridge.orders;

import dev.drawbridge.catalog.Component;
import dev.drawbridge.catalog.Item;
import dev.drawbridge.catalog.Pricing;
import dev.drawbridge.catalog.UnitPrice;
import dev.drawbridge.coupons.CouponType;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot;
import dev.drawbridge.orders.CompanySnapshots.CompanySnapshot.PartIssue;
import dev.drawbridge.orders.Order.Line.ComponentVisit;
import dev.drawbridge.orders.Order.StatusReason;
import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.ticketing.Admission;
import dev.drawbridge.ticketing.AdmissionDay;
import dev.drawbridge.ticketing.EntryKind;
import dev.drawbridge.ticketing.Slot;
import dev.drawbridge.ticketing.SlotChoice;
import dev.drawbridge.ticketing.SlotDemand;
import dev.drawbridge.ticketing.TicketType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Plans an order: its wallets, the visit of each ticket, the prices. A pure function of the order, the company's setup,
 * the slots and the time.
 */
final class VisitPlanning {

    /** Ends the planning of one order; never leaves this class. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient StatusReason reason;

        Refusal(OrderProblem code, String message) {
            super(message, null, false, false);
            this.reason = new StatusReason(code.code(), message);
        }
    }

    private final CompanySnapshot company;
    private final Instant now;

    VisitPlanning(CompanySnapshot company, Instant now) {
        this.company = company;
        this.now = now;
    }

    /** The days whose slots {@link #plan} needs. */
    Set<AdmissionDay> days(Order order) {
        Set<AdmissionDay> days = new HashSet<>();
        for (Order.Line line : order.lines()) {
            Optional<Item> item = company.catalog().item(line.itemNumber());
            for (Component part :
                    item.map(known -> company.parts(known, line.quantity())).orElse(List.of())) {
                VisitPlan.Visit visit = visit(line, part);
                company.catalog().item(part.itemKey()).flatMap(company::ticketType).stream()
                        .flatMap(type -> type.admissionKeys().stream())
                        .forEach(admission -> days.add(new AdmissionDay(admission, visit.date())));
            }
        }
        return days;
    }

    VisitPlan plan(Order order, Map<AdmissionDay, List<Slot>> slots) {
        try {
            List<VisitPlan.LineVisits> lines = new ArrayList<>(order.lines().size());
            for (Order.Line line : order.lines()) {
                lines.add(line(order, line, slots));
            }
            return new VisitPlan.Visits(order, lines);
        } catch (Refusal refusal) {
            return new VisitPlan.Refused(order, refusal.reason);
        }
    }

    private VisitPlan.LineVisits line(Order order, Order.Line line, Map<AdmissionDay, List<Slot>> slots)
            throws Refusal {
        Item item = company.catalog()
                .item(line.itemNumber())
                .filter(known -> !company.catalog().isBlocked(known))
                .orElseThrow(() -> new Refusal(
                        OrderProblem.ITEM_BLOCKED,
                        at(line) + "item " + line.itemNumber()
                                + " is no longer for sale; replace the order without it."));
        List<VisitPlan.PartVisit> parts = new ArrayList<>();
        for (Component part : company.parts(item, line.quantity())) {
            parts.add(part(order, line, company.issueOf(item, part), part, slots));
        }
        return new VisitPlan.LineVisits(line, company.walletsOf(item, line.quantity()), parts);
    }

    private VisitPlan.PartVisit part(
            Order order, Order.Line line, PartIssue issue, Component part, Map<AdmissionDay, List<Slot>> slots)
            throws Refusal {
        Item item = company.catalog().item(part.itemKey()).orElseThrow();
        VisitPlan.Visit visit = visit(line, part);
        if (visit.date().isBefore(company.settings().today(now))) {
            throw new Refusal(
                    OrderProblem.VISIT_IN_PAST,
                    at(line) + "the visit on " + visit.date() + " is over; replace the order with a later one.");
        }
        Optional<TicketType> type = company.ticketType(item);
        UnitPrice unitPrice = Pricing.unitPrice(part, item, order.partner(), visit.date(), visit.time());
        return new VisitPlan.PartVisit(
                part,
                item,
                issue,
                type,
                company.coupons().triggeredBy(item.key()),
                visit,
                type.isPresent() ? slots(line, type.get(), visit, slots) : List.of(),
                unitPrice);
    }

    private List<Slot> slots(
            Order.Line line, TicketType type, VisitPlan.Visit visit, Map<AdmissionDay, List<Slot>> slots)
            throws Refusal {
        List<Slot> bound = new ArrayList<>();
        for (String key : type.admissionKeys()) {
            Admission admission = company.ticketing().admission(key).orElseThrow();
            if (admission.entry() != EntryKind.OPEN || admission.closed()) {
                bound.add(slot(line, admission, visit, slots));
            }
        }
        return bound;
    }

    private Slot slot(Order.Line line, Admission admission, VisitPlan.Visit visit, Map<AdmissionDay, List<Slot>> slots)
            throws Refusal {
        List<Slot> ofThatDay = slots.getOrDefault(new AdmissionDay(admission.key(), visit.date()), List.of());
        return SlotChoice.choose(
                        admission, ofThatDay, visit.time(), company.settings().timeZone(), now)
                .orElseThrow(() -> new Refusal(
                        OrderProblem.NO_TIME_SLOT,
                        at(line) + "there is no open time slot of " + admission.code() + " on " + visit.date() + " at "
                                + visit.time() + "; replace the order with another time."));
    }

    /** A component's own visit, else its line's. */
    private static VisitPlan.Visit visit(Order.Line line, Component part) {
        Map<String, ComponentVisit> schedule = new HashMap<>();
        line.wishes().componentSchedule().forEach(visit -> schedule.put(ComparisonKey.of(visit.itemNumber()), visit));
        return Optional.ofNullable(schedule.get(part.itemKey()))
                .map(own -> new VisitPlan.Visit(own.visitDate(), own.visitTime()))
                .orElse(new VisitPlan.Visit(line.visitDate(), line.visitTime()));
    }

    private static String at(Order.Line line) {
        return "Line " + line.lineNo() + ": ";
    }

    /**
     * What an order comes to before capacity is asked for: which visits, at which price; or why it comes to nothing.
     */
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
                        int guests = line.wallets()
                                * part.issue().tickets()
                                * part.issue().guestsPerTicket();
                        part.slots().forEach(slot -> places.merge(slot.slotId(), guests, Math::addExact));
                    }
                }
                return new SlotDemand(order.id(), order.generation(), places, order.isPaid());
            }

            /** What to tell about a slot that has too few places: the first line that asks for it. */
            StatusReason soldOut(UUID slotId) {
                for (LineVisits line : lines) {
                    for (PartVisit part : line.parts()) {
                        if (part.slots().stream().anyMatch(slot -> slot.slotId().equals(slotId))) {
                            return new StatusReason(
                                    OrderProblem.CAPACITY_EXCEEDED.code(),
                                    at(line.line()) + "the visit of "
                                            + part.item().number() + " on "
                                            + part.visit().date() + " at "
                                            + part.visit().time()
                                            + " is sold out; replace the order with another time.");
                        }
                    }
                }
                throw new IllegalArgumentException("The order does not ask for slot " + slotId);
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
        record LineVisits(Order.Line line, int wallets, List<PartVisit> parts) {

            public LineVisits {
                parts = List.copyOf(parts);
            }

            /** The price of one wallet: the sum over its parts' rounded prices. */
            UnitPrice price() {
                return parts.stream().map(PartVisit::price).reduce(UnitPrice.ZERO, UnitPrice::plus);
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
                PartIssue issue,
                Optional<TicketType> ticketType,
                Optional<CouponType> couponType,
                Visit visit,
                List<Slot> slots,
                UnitPrice unitPrice) {

            public PartVisit {
                slots = List.copyOf(slots);
            }

            UnitPrice price() {
                return unitPrice.times(part.quantity());
            }
        }

        /** When a guest comes, on the company's clock. */
        record Visit(LocalDate date, LocalTime time) {}
    }
}
