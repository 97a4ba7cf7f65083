package dev.drawbridge.ticketing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;

/**
 * One dated opening with a capacity. Admission, local date and local start identify it.
 *
 * @param taken places held or sold; never above the capacity, which is not lowered below it
 * @param closed nothing more is sold; tickets sold before stay valid
 */
public record Slot(
        UUID slotId,
        String admissionKey,
        LocalDate date,
        LocalTime start,
        Instant startsAt,
        Instant endsAt,
        int capacity,
        int taken,
        boolean closed) {

    /** Whether its end has come: nobody can visit it any more. */
    public boolean hasEnded(Instant now) {
        return !now.isBefore(endsAt);
    }
}
