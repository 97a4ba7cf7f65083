package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import java.util.List;

/**
 * A body of create or replace, validated.
 *
 * @param size computed without expanding anything
 */
record OrderRequest(PartnerId partner, String reference, Order.Terms terms, OrderSize size) {

    List<OrderLine> lines() {
        return terms.lines();
    }

    List<String> externalReferences() {
        return lines().stream()
                .flatMap(line -> line.wishes().externalReferences().stream())
                .filter(reference -> !reference.isEmpty())
                .toList();
    }
}
