package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.database.CompanyId;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/**
 * Draws numbers. That a number is unique the table that keeps it enforces: draw again after a clash. Thread-safe.
 *
 * <p>A series value may need a transaction of its own, so a second connection when one is open: draw before opening it
 * where that is possible.
 */
@Component
public class Numbers {

    private final SecureRandom random = new SecureRandom();
    private final SeriesBlocks blocks;

    Numbers(SeriesBlocks blocks) {
        this.blocks = blocks;
    }

    public String draw(CompanyId company, Numbering numbering) {
        var number = new StringBuilder();
        var characters = new RandomCharacters(random);
        for (NumberPattern.Part part : numbering.pattern().parts()) {
            switch (part) {
                case NumberPattern.Part.Literal(String text) -> number.append(text);
                case NumberPattern.Part.RandomCharacters(Alphabet alphabet, int count) ->
                    characters.append(number, alphabet, count);
                case NumberPattern.Part.SeriesValue _ -> number.append(nextValue(company, numbering));
            }
        }
        return checked(number.toString(), numbering);
    }

    private String nextValue(CompanyId company, Numbering numbering) {
        Series series = numbering.series().orElseThrow();
        String value = Long.toString(blocks.next(company, numbering.seriesName(), series.next()));
        return "0".repeat(Math.max(0, series.digits() - value.length())) + value;
    }

    private static String checked(String number, Numbering numbering) {
        if (number.codePointCount(0, number.length()) > numbering.lengthMax()) {
            throw new SeriesExhausted(numbering);
        }
        return number;
    }
}
