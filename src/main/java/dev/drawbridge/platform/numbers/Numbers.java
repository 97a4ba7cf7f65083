package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.database.CompanyId;
import java.security.SecureRandom;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * Draws numbers. That a number is unique the table that keeps it enforces: draw again after a clash. Thread-safe.
 *
 * <p>A series value may need a transaction of its own, so a second connection when one is open: draw before opening it
 * where that is possible, or have the values provided before anything is locked that others wait for.
 */
@Component
public class Numbers {

    /** No number could be made that is short enough and free: the operator must change how they are made. */
    public static final class UsedUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UsedUp(String message) {
            super(message);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final SeriesBlocks blocks;

    Numbers(SeriesBlocks blocks) {
        this.blocks = blocks;
    }

    /** @throws UsedUp when the series has outgrown the length that the numbers may have */
    public String draw(CompanyId company, Numbering numbering) {
        return compose(numbering, random, series -> blocks.next(company, numbering.seriesName(), series.next()));
    }

    /** Takes off the numbering's series, if it has one, what this node still lacks for so many numbers. */
    public void provide(CompanyId company, Numbering numbering, int count) {
        int each = numbering.pattern().seriesValues();
        numbering
                .series()
                .ifPresent(series -> blocks.provide(
                        company, numbering.seriesName(), series.next(), Math.multiplyExact(each, count)));
    }

    /**
     * Leaves out so many values of the numbering's series, if it has one: behind a number that is taken there may be a
     * million more, which were drawn from another series under the same prefix.
     */
    public void skip(CompanyId company, Numbering numbering, int count) {
        numbering.series().ifPresent(series -> blocks.skip(company, numbering.seriesName(), series.next(), count));
    }

    static String compose(Numbering numbering, SecureRandom random, ToLongFunction<Series> nextValue) {
        var number = new StringBuilder();
        var characters = new RandomCharacters(random);
        for (NumberPattern.Part part : numbering.pattern().parts()) {
            switch (part) {
                case NumberPattern.Part.Literal(String text) -> number.append(text);
                case NumberPattern.Part.RandomCharacters(Alphabet alphabet, int count) ->
                    characters.append(number, alphabet, count);
                case NumberPattern.Part.SeriesValue _ -> {
                    Series series = numbering.series().orElseThrow();
                    number.append(padded(nextValue.applyAsLong(series), series.digits()));
                }
            }
        }
        if (number.codePointCount(0, number.length()) > numbering.lengthMax()) {
            throw new UsedUp("Series " + numbering.seriesName() + " gives numbers longer than " + numbering.lengthMax()
                    + " characters with pattern " + numbering.pattern());
        }
        return number.toString();
    }

    private static String padded(long value, int digits) {
        String text = Long.toString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
