package dev.drawbridge.catalog;

import java.math.BigDecimal;

/**
 * A price as the company wrote it, in the company's currency.
 *
 * @param amount at most 2 decimals, not negative
 * @param includesVat whether VAT is in the amount, or comes on top
 */
public record ListPrice(BigDecimal amount, boolean includesVat, BigDecimal vatPercent) {}
