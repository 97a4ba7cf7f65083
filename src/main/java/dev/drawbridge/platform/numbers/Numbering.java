package dev.drawbridge.platform.numbers;

import java.util.Optional;

/**
 * How numbers of one kind are made.
 *
 * @param seriesName identifies the series within the company, for example {@code partner:<id>}; nothing is stored
 *     under it unless the pattern uses a series
 * @param series there exactly when the pattern uses one
 * @param lengthMax no number may be longer, in code points
 */
public record Numbering(NumberPattern pattern, String seriesName, Optional<Series> series, int lengthMax) {

    public Numbering {
        if (pattern.usesSeries() != series.isPresent()) {
            throw new IllegalArgumentException("Pattern " + pattern + " with series " + series);
        }
    }

    public Numbering(NumberPattern pattern, String seriesName, Optional<Series> series) {
        this(pattern, seriesName, series, NumberPattern.LENGTH_MAX);
    }
}
