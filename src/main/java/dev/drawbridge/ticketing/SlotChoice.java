package dev.drawbridge.ticketing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which slot a visit is bound to. A full slot is chosen like any other. */
public final class SlotChoice {

    private static final Comparator<Slot> BY_START = Comparator.comparing(Slot::start);

    private SlotChoice() {}

    /**
     * The slot that the visit is bound to; empty where there is none ({@code no_time_slot}). An admission of the kind
     * {@link EntryKind#OPEN} has no slots: do not ask for one.
     *
     * @param slotsOfThatDay the slots of this admission on the day of the visit, in any order, closed ones included
     * @param visitTime on the company's clock
     * @param zone the company's; a slot ends on its clock
     */
    public static Optional<Slot> choose(
            Admission admission, List<Slot> slotsOfThatDay, LocalTime visitTime, ZoneId zone, Instant now) {
        if (admission.closed()) {
            return Optional.empty();
        }
        List<Slot> candidates = slotsOfThatDay.stream()
                .filter(slot -> !slot.hasEnded(now) && !admission.closedOn().contains(slot.date()))
                .toList();
        return switch (admission.entry()) {
            case TIMED ->
                during(visitTime, zone, candidates).or(() -> nearest(visitTime, admission.tolerance(), candidates));
            case DAY -> open(candidates).stream().min(BY_START);
            case OPEN -> Optional.empty();
        };
    }

    /** The slot that the time falls into, if it is open; of overlapping ones the later start decides. */
    private static Optional<Slot> during(LocalTime visitTime, ZoneId zone, List<Slot> candidates) {
        return candidates.stream()
                .filter(slot -> !slot.start().isAfter(visitTime))
                .filter(slot -> SlotCalendar.instant(slot.date().atTime(visitTime), zone)
                        .isBefore(slot.endsAt()))
                .max(BY_START)
                .filter(slot -> !slot.closed());
    }

    /** The open slot whose start is nearest on the clock, within the tolerance; of two as near the later. */
    private static Optional<Slot> nearest(LocalTime visitTime, Duration tolerance, List<Slot> candidates) {
        return open(candidates).stream()
                .filter(slot -> distance(slot, visitTime).compareTo(tolerance) <= 0)
                .min(Comparator.comparing((Slot slot) -> distance(slot, visitTime))
                        .thenComparing(BY_START.reversed()));
    }

    private static Duration distance(Slot slot, LocalTime visitTime) {
        return Duration.between(slot.start(), visitTime).abs();
    }

    private static List<Slot> open(List<Slot> candidates) {
        return candidates.stream().filter(slot -> !slot.closed()).toList();
    }
}
