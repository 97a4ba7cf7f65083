package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import java.util.List;

/**
 * A body of create or replace, validated.
 *
 * @param paymentReference empty: not paid yet, so the order becomes a Draft
 * @param size computed without expanding anything
 */
record OrderRequest(
        PartnerId partner,
        String reference,
        SellTo sellTo,
        String paymentReference,
        List<OrderLine> lines,
        OrderSize size) {

    OrderRequest {
        lines = List.copyOf(lines);
    }

    List<String> externalReferences() {
        return lines.stream()
                .flatMap(line -> line.wishes().externalReferences().stream())
                .filter(reference -> !reference.isEmpty())
                .toList();
    }
}
