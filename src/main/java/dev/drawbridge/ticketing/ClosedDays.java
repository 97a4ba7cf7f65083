package dev.drawbridge.ticketing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Days on which an admission has no slots, kept so that the next open one of a weekday is found without walking over
 * the closed ones: a thousand closed days are asked about by each pair of two hundred schedule rows.
 */
final class ClosedDays {

    /** Of each weekday, the first and the last of closed ones week after week. */
    private final Map<DayOfWeek, NavigableMap<LocalDate, LocalDate>> runs = new EnumMap<>(DayOfWeek.class);

    private final int count;

    ClosedDays(Collection<LocalDate> days) {
        this.count = days.size();
        days.stream().sorted().forEach(this::add);
    }

    private void add(LocalDate day) {
        NavigableMap<LocalDate, LocalDate> ofWeekday = runs.computeIfAbsent(day.getDayOfWeek(), _ -> new TreeMap<>());
        Entry<LocalDate, LocalDate> last = ofWeekday.lastEntry();
        boolean goesOn = last != null && last.getValue().plusWeeks(1).equals(day);
        ofWeekday.put(goesOn ? last.getKey() : day, day);
    }

    int count() {
        return count;
    }

    /** The first such weekday that is open, this day or later. */
    LocalDate firstOpen(DayOfWeek weekday, LocalDate from) {
        LocalDate day = from.with(TemporalAdjusters.nextOrSame(weekday));
        NavigableMap<LocalDate, LocalDate> ofWeekday = runs.get(weekday);
        Entry<LocalDate, LocalDate> run = ofWeekday == null ? null : ofWeekday.floorEntry(day);
        return run == null || day.isAfter(run.getValue()) ? day : run.getValue().plusWeeks(1);
    }
}
