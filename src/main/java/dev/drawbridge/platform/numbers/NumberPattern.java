package dev.drawbridge.platform.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What numbers of one kind look like: literals, {@code [S]} the next value of a series, {@code [N*k]}
 * k random digits, {@code [A*k]} random letters A-Z, {@code [X*k]} either; without {@code *k} one character.
 *
 * <p>A pattern may have few combinations, which are used up some day: then orders end in Error until it is changed. One
 * that gives the same number each time is none.
 */
public final class NumberPattern {

    /** A number is at most so long, its series value included: it must fit a QR code and a hand-held scanner's line. */
    public static final int LENGTH_MAX = 50;

    private static final Pattern PART = Pattern.compile("\\[(?:(S)|([NAX])(?:\\*([1-9][0-9]?))?)]|([^\\[\\]]+)");

    /** One stretch of a number. */
    sealed interface Part {
        record Literal(String text) implements Part {}

        record SeriesValue() implements Part {}

        record RandomCharacters(Alphabet alphabet, int count) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private NumberPattern(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** Empty for what {@link #objection} objects to. */
    public static Optional<NumberPattern> parse(String text) {
        return partsOf(text).filter(parts -> objection(parts).isEmpty()).map(parts -> new NumberPattern(text, parts));
    }

    /** Why this text is no pattern, in a sentence for the one who wrote it; empty for a pattern. */
    public static Optional<String> objection(String text) {
        return partsOf(text)
                .map(NumberPattern::objection)
                .orElseGet(() -> Optional.of("Only the tags [S], [N*k], [A*k] and [X*k] with k from 1 to 99 are known, "
                        + "and brackets are for tags only; correct it."));
    }

    public boolean usesSeries() {
        return seriesValues() > 0;
    }

    /** How many values of its series each number takes. */
    public int seriesValues() {
        return seriesValues(parts);
    }

    /** The length of a number without its series values, in code points. */
    public int lengthWithoutSeries() {
        return length(parts);
    }

    List<Part> parts() {
        return parts;
    }

    private static Optional<List<Part>> partsOf(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.lookingAt()) {
            parts.add(part(matcher));
            matcher.region(matcher.end(), text.length());
        }
        return matcher.regionStart() == text.length() ? Optional.of(parts) : Optional.empty();
    }

    private static Part part(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Part.SeriesValue();
        }
        if (matcher.group(4) != null) {
            return new Part.Literal(matcher.group(4));
        }
        int count = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        return new Part.RandomCharacters(Alphabet.ofTag(matcher.group(2)), count);
    }

    private static Optional<String> objection(List<Part> parts) {
        if (length(parts) + seriesValues(parts) > LENGTH_MAX) {
            return Optional.of("Its numbers would be longer than " + LENGTH_MAX + " characters; shorten it.");
        }
        if (parts.stream().allMatch(Part.Literal.class::isInstance)) {
            return Optional.of("Its numbers would all be the same; add [S], or random characters such as [N*6].");
        }
        return Optional.empty();
    }

    private static int seriesValues(List<Part> parts) {
        return (int) parts.stream().filter(Part.SeriesValue.class::isInstance).count();
    }

    private static int length(List<Part> parts) {
        return parts.stream()
                .mapToInt(part -> switch (part) {
                    case Part.Literal literal ->
                        literal.text().codePointCount(0, literal.text().length());
                    case Part.SeriesValue _ -> 0;
                    case Part.RandomCharacters random -> random.count();
                })
                .sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
