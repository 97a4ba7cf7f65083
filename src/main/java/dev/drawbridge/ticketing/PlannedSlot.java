package dev.drawbridge.ticketing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A slot as the setup wants it.
 *
 * @param schedule the row that gives it, as written
 */
record PlannedSlot(
        String admissionKey,
        LocalDate date,
        LocalTime start,
        Instant startsAt,
        Instant endsAt,
        int capacity,
        String schedule) {

    /** What makes two slots of one admission the same slot. */
    record Opening(LocalDate date, LocalTime start) {}

    Opening opening() {
        return new Opening(date, start);
    }
}
