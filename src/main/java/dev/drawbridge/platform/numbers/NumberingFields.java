package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.TextRule;
import dev.drawbridge.platform.web.ViolationCode;
import java.util.Optional;

/** Reads how numbers are made: a pattern and, where the pattern uses one, a series. */
public final class NumberingFields {

    /** Tags are longer than what they stand for, so a pattern may be longer than its numbers. */
    private static final TextRule PATTERN = TextRule.reference(100);

    private static final int DIGITS_MAX = 18;
    private static final long NEXT_MAX = 999_999_999_999_999_999L;

    private NumberingFields() {}

    /**
     * A pattern that must be there.
     *
     * @param series name of the field with {@code {next, digits}}: required with {@code [S]}, refused without
     * @param seriesName what the series is called within the company
     */
    public static Optional<Numbering> required(Fields fields, String pattern, String series, String seriesName) {
        return fields.requiredText(pattern, PATTERN)
                .flatMap(text -> numbering(fields, text, pattern, series, seriesName));
    }

    /** As {@link #required}, with a pattern for a document that names none. */
    public static Optional<Numbering> orElse(
            Fields fields, String pattern, String otherwise, String series, String seriesName) {
        if (fields.json(pattern).isEmpty()) {
            return numbering(fields, otherwise, pattern, series, seriesName);
        }
        return required(fields, pattern, series, seriesName);
    }

    /** Start value and digits, read from the object that has them; the start value must not need more digits. */
    public static Optional<Series> series(Fields fields) {
        Optional<Long> next = fields.requiredInteger("next", 0, NEXT_MAX);
        Optional<Long> digits = fields.requiredInteger("digits", 1, DIGITS_MAX);
        if (next.isEmpty() || digits.isEmpty()) {
            return Optional.empty();
        }
        if (next.get().toString().length() > digits.get()) {
            fields.refuse(
                    "next",
                    ViolationCode.OUT_OF_RANGE,
                    "This has more than " + digits.get() + " digits; raise digits.");
            return Optional.empty();
        }
        return Optional.of(new Series(next.get(), digits.get().intValue()));
    }

    private static Optional<Numbering> numbering(
            Fields fields, String text, String patternField, String seriesField, String seriesName) {
        Optional<NumberPattern> pattern = pattern(fields, text, patternField);
        Optional<Fields> written = fields.object(seriesField);
        Optional<Series> series = written.flatMap(NumberingFields::series);
        written.ifPresent(Fields::refuseUnknown);
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        if (pattern.get().usesSeries() != fields.json(seriesField).isPresent()) {
            refuseMismatch(fields, seriesField, pattern.get());
            return Optional.empty();
        }
        return pattern.filter(found -> !found.usesSeries() || series.isPresent())
                .filter(found -> fits(fields, patternField, found, series))
                .map(found -> new Numbering(found, seriesName, series));
    }

    private static Optional<NumberPattern> pattern(Fields fields, String text, String field) {
        NumberPattern.objection(text)
                .ifPresent(objection -> fields.refuse(field, ViolationCode.INVALID_FORMAT, objection));
        return NumberPattern.parse(text);
    }

    private static void refuseMismatch(Fields fields, String seriesField, NumberPattern pattern) {
        if (pattern.usesSeries()) {
            fields.requiredJson(seriesField); // says so in its place in the document
        } else {
            fields.refuse(seriesField, ViolationCode.NOT_ALLOWED, "A pattern without [S] has no series; remove it.");
        }
    }

    private static boolean fits(Fields fields, String field, NumberPattern pattern, Optional<Series> series) {
        int length = pattern.lengthWithoutSeries()
                + pattern.seriesValues() * series.map(Series::digits).orElse(0);
        if (length > NumberPattern.LENGTH_MAX) {
            fields.refuse(
                    field,
                    ViolationCode.TOO_LONG,
                    "Its numbers would have " + length + " characters, at most " + NumberPattern.LENGTH_MAX
                            + " are allowed; shorten it.");
        }
        return length <= NumberPattern.LENGTH_MAX;
    }
}
