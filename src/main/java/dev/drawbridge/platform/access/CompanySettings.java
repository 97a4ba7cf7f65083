package dev.drawbridge.platform.access;

import dev.drawbridge.platform.numbers.Numbering;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a company works, from the {@code company} block of its setup, defaults filled in.
 *
 * @param currency ISO 4217, with 2 minor digits
 * @param language Business Central code of the language that the items' descriptions are written in
 * @param saleHorizon slots exist, and orders are taken, this far ahead, its last day included
 * @param draftHold how long an unpaid order holds its capacity, unless its partner has another
 * @param guestDataKept guests' names and addresses are to be anonymised this long after the last visit; not done yet
 * @param walletNumbering the reference numbers of wallets
 * @param rateLimit for each API key, unless its partner has another
 */
public record CompanySettings(
        ZoneId timeZone,
        String currency,
        String language,
        Period saleHorizon,
        Duration draftHold,
        Period guestDataKept,
        Numbering walletNumbering,
        Optional<RateLimit> rateLimit) {

    /** At most so many requests in each such time. */
    public record RateLimit(int requests, Duration per) {}

    public LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, timeZone);
    }

    /** The last day that orders are taken for. */
    public LocalDate lastSaleDay(Instant now) {
        return today(now).plus(saleHorizon);
    }
}
