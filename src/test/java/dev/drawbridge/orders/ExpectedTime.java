package dev.drawbridge.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** The clock of {@link ExpectedOrders}, and the slots of the one day that all visits are on. */
final class ExpectedTime {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration HOLD = Duration.ofHours(2);

    /** The two timed slots of the castle, and the garden's whole day. */
    private static final List<String> SLOT_ENDS = List.of("11:00", "15:00", "20:00");

    private final LocalDate day;
    private final ZoneId zone;
    private Instant now;

    ExpectedTime(Instant now, LocalDate day, ZoneId zone) {
        this.now = now;
        this.day = day;
        this.zone = zone;
    }

    Instant now() {
        return now;
    }

    void moves(Operation.Time to) {
        Instant until =
                switch (to) {
                    case LEASE_IS_OVER -> now.plus(LEASE);
                    case HOLD_IS_OVER -> now.plus(HOLD);
                    case MORNING -> at(day, "09:30");
                    case NOON -> at(day, "12:00");
                    case DAY_AFTER -> at(day.plusDays(1), "00:00");
                };
        now = until.isAfter(now) ? until : now;
    }

    boolean isReached(Instant end) {
        return !end.isAfter(now);
    }

    boolean dayIsOver() {
        return now.atZone(zone).toLocalDate().isAfter(day);
    }

    boolean slotIsOver(int slot) {
        return isReached(endOf(slot));
    }

    Instant endOf(int slot) {
        return at(day, SLOT_ENDS.get(slot));
    }

    private Instant at(LocalDate date, String time) {
        return date.atTime(LocalTime.parse(time)).atZone(zone).toInstant();
    }
}
