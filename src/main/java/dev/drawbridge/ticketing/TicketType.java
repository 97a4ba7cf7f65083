package dev.drawbridge.ticketing;

import dev.drawbridge.platform.numbers.Numbering;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * What kind of ticket an item gives.
 *
 * @param code as written; {@code key} is what it is compared by
 * @param group one ticket admits the whole quantity of its line
 * @param admissionKeys what it opens, at least one, in the order written
 * @param validity from the visit date, for a ticket without slot: {@code P7D} is that day and the next 6; empty is
 *     that day
 * @param retired kept because tickets were issued with it
 */
public record TicketType(
        String code,
        String key,
        boolean group,
        List<String> admissionKeys,
        Numbering numbering,
        Optional<Period> validity,
        boolean retired) {

    public TicketType {
        admissionKeys = List.copyOf(admissionKeys);
    }
}
