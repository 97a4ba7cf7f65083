package dev.drawbridge.platform.numbers;

/** A series has outgrown the length that its numbers may have; the operator must set up a shorter prefix. */
class SeriesExhausted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeriesExhausted(Numbering numbering) {
        super("Series " + numbering.seriesName() + " gives numbers longer than " + numbering.lengthMax()
                + " characters with pattern " + numbering.pattern());
    }
}
