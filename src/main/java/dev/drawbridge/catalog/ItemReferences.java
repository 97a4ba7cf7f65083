package dev.drawbridge.catalog;

import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.ViolationCode;
import dev.drawbridge.platform.web.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what the items of one document refer to. */
final class ItemReferences {

    private final List<Located<Item>> items;
    private final Set<String> ticketTypeKeys;
    private final Set<String> partnerKeys;
    private final Violations violations;
    private final Map<String, Item> byKey = new HashMap<>();

    ItemReferences(
            List<Located<Item>> items, Set<String> ticketTypeKeys, Set<String> partnerKeys, Violations violations) {
        this.items = items;
        this.ticketTypeKeys = ticketTypeKeys;
        this.partnerKeys = partnerKeys;
        this.violations = violations;
        items.forEach(item -> byKey.putIfAbsent(item.value().key(), item.value()));
    }

    void check() {
        for (Located<Item> item : items) {
            checkTicketType(item);
            checkPartners(item);
            checkComponents(item);
        }
    }

    private void checkTicketType(Located<Item> item) {
        item.value()
                .ticketTypeKey()
                .filter(key -> !ticketTypeKeys.contains(key))
                .ifPresent(_ -> item.refuse(
                        "ticketType", ViolationCode.UNKNOWN_REFERENCE, "No ticket type has this code.", violations));
    }

    private void checkPartners(Located<Item> item) {
        List<PriceRule> rules = item.value().priceRules();
        for (int index = 0; index < rules.size(); index++) {
            String place = "priceRules/" + index + "/partner";
            rules.get(index)
                    .partner()
                    .filter(partner -> !partnerKeys.contains(partner.toString()))
                    .ifPresent(_ ->
                            item.refuse(place, ViolationCode.UNKNOWN_REFERENCE, "No partner has this id.", violations));
        }
    }

    private void checkComponents(Located<Item> item) {
        List<Component> components = item.value().bundle().orElse(List.of());
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < components.size(); index++) {
            String place = "package/" + index + "/item";
            String key = components.get(index).itemKey();
            if (!seen.add(key)) {
                item.refuse(
                        place,
                        ViolationCode.DUPLICATE_VALUE,
                        "Name each component once; raise its quantity.",
                        violations);
            } else if (!byKey.containsKey(key)) {
                item.refuse(place, ViolationCode.UNKNOWN_COMPONENT, "No item has this number.", violations);
            } else if (byKey.get(key).isBundle() && !item.value().blocked()) {
                // A blocked one is sold no more: its component may have become a package since.
                item.refuse(place, ViolationCode.NOT_ALLOWED, "A package cannot contain a package.", violations);
            }
        }
    }
}
