package dev.drawbridge.catalog;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.time.LocalFormats;
import dev.drawbridge.platform.web.DecimalRule;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Forms;
import dev.drawbridge.platform.web.ViolationCode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How a price rule is written in a setup, and what it may be. */
final class PriceRuleFields {

    private static final DecimalRule DIFFERENCE = DecimalRule.of("-999999999.99", "999999999.99", 2);
    /** Below -100 no price is left; above 1000 it is a typing error. */
    private static final DecimalRule PERCENT = DecimalRule.of("-100", "1000", 4);

    private static final String DATE = "a real date YYYY-MM-DD";

    private PriceRuleFields() {}

    static Optional<PriceRule> read(Fields fields) {
        Optional<PartnerId> partner = fields.optionalUuid("partner").map(PartnerId::new);
        Optional<LocalDate> from = fields.parsed("from", LocalFormats::date, DATE);
        Optional<LocalDate> until = fields.parsed("until", LocalFormats::date, DATE);
        TimeWindow times = times(fields);
        Set<DayOfWeek> weekdays = Forms.weekdays(fields, "weekdays").orElse(EnumSet.allOf(DayOfWeek.class));
        Optional<PriceChange> change = change(fields);
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            fields.refuse("until", ViolationCode.OUT_OF_RANGE, "The last day must not be before the first.");
        }
        fields.refuseUnknown();
        return change.map(found -> new PriceRule(partner, from, until, times, weekdays, found));
    }

    private static TimeWindow times(Fields fields) {
        int from = fields.parsed("fromTime", Forms::startMinute, "a time HH:mm of 24 hours")
                .orElse(0);
        int until = fields.parsed("untilTime", Forms::endMinute, "a time HH:mm of 24 hours, or 24:00")
                .orElse(Forms.MINUTES_OF_DAY);
        if (until <= from) {
            fields.refuse("untilTime", ViolationCode.OUT_OF_RANGE, "The end must be after the beginning.");
            return TimeWindow.WHOLE_DAY;
        }
        return new TimeWindow(from, until);
    }

    private static Optional<PriceChange> change(Fields fields) {
        List<String> named = Stream.of("fixed", "relative", "percent")
                .filter(name -> fields.json(name).isPresent())
                .toList();
        if (named.isEmpty()) {
            fields.violations()
                    .add(
                            fields.pointer(),
                            ViolationCode.REQUIRED,
                            "A rule has exactly one of fixed, relative and percent; add one.");
        }
        named.stream()
                .skip(1)
                .forEach(name -> fields.refuse(
                        name,
                        ViolationCode.NOT_ALLOWED,
                        "A rule has exactly one of fixed, relative and percent; remove this one."));
        return Stream.of(
                        DecimalRule.AMOUNT.read(fields, "fixed").<PriceChange>map(PriceChange.Fixed::new),
                        DIFFERENCE.read(fields, "relative").<PriceChange>map(PriceChange.Relative::new),
                        PERCENT.read(fields, "percent").<PriceChange>map(PriceChange.Percent::new))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
