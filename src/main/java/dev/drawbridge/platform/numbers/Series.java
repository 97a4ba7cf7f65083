package dev.drawbridge.platform.numbers;

/**
 * How a number series starts and looks.
 *
 * @param next the start value: read when the series is made, at its first use, and never again
 * @param digits a value is padded with zeros to so many digits; one that has more is not cut
 */
public record Series(long next, int digits) {}
