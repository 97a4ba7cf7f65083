package dev.drawbridge.catalog;

import dev.drawbridge.platform.access.PartnerId;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Changes an item's list price for some visits. What a rule does not name, it does not restrict.
 *
 * @param partner only for this partner's orders
 * @param from first visit date
 * @param until last visit date
 * @param times visit times
 * @param weekdays of the visit; all seven where the rule names none
 */
record PriceRule(
        Optional<PartnerId> partner,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        TimeWindow times,
        Set<DayOfWeek> weekdays,
        PriceChange change) {

    /**
     * The rule that wins comes first; two that compare as equal are decided by their place in the list, the later one
     * wins.
     */
    static final Comparator<PriceRule> NARROWER_FIRST = Comparator.comparing(
                    (PriceRule rule) -> rule.partner().isEmpty())
            .thenComparingLong(PriceRule::days)
            .thenComparingInt(rule -> rule.times().minutes())
            .thenComparingInt(rule -> rule.weekdays().size());

    public PriceRule {
        weekdays = Set.copyOf(weekdays);
    }

    boolean appliesTo(PartnerId seller, LocalDate visitDate, LocalTime visitTime) {
        return partner.map(seller::equals).orElse(true)
                && from.map(first -> !visitDate.isBefore(first)).orElse(true)
                && until.map(last -> !visitDate.isAfter(last)).orElse(true)
                && times.contains(visitTime)
                && weekdays.contains(visitDate.getDayOfWeek());
    }

    /** Both ends count; a rule that is open at either end has infinitely many. */
    private long days() {
        if (from.isEmpty() || until.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return ChronoUnit.DAYS.between(from.get(), until.get()) + 1;
    }
}
