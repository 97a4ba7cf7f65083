package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.ComparisonKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/**
 * A ticket as it is issued: one line of {@code ticketing.tickets}.
 *
 * @param quantity guests that it lets in; above 1 for group tickets only
 * @param paid false for a Draft's ticket, which the gate refuses
 * @param slotIds every slot bound, in the order of the ticket type's admissions; none for OPEN ones
 */
public record Ticket(
        UUID ticketId,
        UUID orderId,
        int generation,
        int lineNo,
        int seqNo,
        int componentNo,
        String number,
        String numberKey,
        String ticketTypeKey,
        String itemKey,
        int quantity,
        boolean paid,
        LocalDate visitDate,
        LocalTime visitTime,
        Instant validFrom,
        Instant validUntil,
        List<UUID> slotIds) {

    public Ticket {
        slotIds = List.copyOf(slotIds);
    }

    /** The same ticket under a (new) number. */
    public Ticket numbered(String newNumber) {
        return new Ticket(
                ticketId,
                orderId,
                generation,
                lineNo,
                seqNo,
                componentNo,
                newNumber,
                ComparisonKey.of(newNumber),
                ticketTypeKey,
                itemKey,
                quantity,
                paid,
                visitDate,
                visitTime,
                validFrom,
                validUntil,
                slotIds);
    }
}
