package dev.drawbridge.ticketing;

import dev.drawbridge.platform.time.LocalFormats;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which slots an admission has. Slots are made on the local clock: a start that daylight saving skips does not exist,
 * one that occurs twice is the earlier instant and exists once. A slot ends when the local clock shows its end; where
 * that is skipped, it ends at the instant of the change, and where it occurs twice, at the earlier. So slots that
 * follow each other on the clock never overlap in time, and each lasts longer than nothing.
 */
final class SlotCalendar {

    private SlotCalendar() {}

    /** The slots of these days, both inclusive, by day and then by start. */
    static List<PlannedSlot> slots(Admission admission, LocalDate from, LocalDate until, ZoneId zone) {
        if (admission.closed() || until.isBefore(from)) {
            return List.of();
        }
        return from.datesUntil(until.plusDays(1))
                .filter(date -> !admission.closedOn().contains(date))
                .flatMap(date -> slotsOfDay(admission, date, zone))
                .toList();
    }

    /**
     * The instant at which the zone's clocks show this: the earlier one where they show it twice, and the instant of
     * the change where they skip it. So a later local time never gives an earlier instant.
     */
    static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private static Stream<PlannedSlot> slotsOfDay(Admission admission, LocalDate date, ZoneId zone) {
        return admission.schedules().stream()
                .filter(schedule -> schedule.days().include(date))
                .flatMap(schedule -> schedule.openings().stream()
                        .filter(opening -> LocalFormats.exists(date, opening.start(), zone))
                        .map(opening -> slot(admission, schedule, date, opening, zone)))
                .sorted((one, other) -> one.start().compareTo(other.start()));
    }

    private static PlannedSlot slot(
            Admission admission, Schedule schedule, LocalDate date, Schedule.Opening opening, ZoneId zone) {
        LocalDateTime start = date.atTime(opening.start());
        return new PlannedSlot(
                admission.key(),
                date,
                opening.start(),
                instant(start, zone),
                instant(start.plus(opening.lasts()), zone),
                schedule.capacity(),
                schedule.written());
    }
}
