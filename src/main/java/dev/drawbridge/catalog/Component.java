package dev.drawbridge.catalog;

import java.util.Optional;

/**
 * One entry of a bundle.
 *
 * @param unitPrice wins over the item's own price, and no price rule touches it
 */
public record Component(String itemKey, int quantity, Optional<ListPrice> unitPrice) {}
