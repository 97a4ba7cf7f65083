package dev.drawbridge.catalog;

import dev.drawbridge.platform.database.ComparisonKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A company's items as of one version of its setup; immutable. */
public final class CatalogSnapshot {

    private final Map<String, Item> items;

    CatalogSnapshot(List<Item> items) {
        this.items = items.stream().collect(Collectors.toUnmodifiableMap(Item::key, Function.identity()));
    }

    public Optional<Item> item(String numberInAnyCase) {
        return Optional.ofNullable(items.get(ComparisonKey.of(numberInAnyCase)));
    }

    /** An item that something stored refers to: setup never removes it, so that it is missing is a fault. */
    public Item byKey(String key) {
        Item item = items.get(key);
        if (item == null) {
            throw new IllegalStateException("Item " + key + " is referred to and not in the catalog");
        }
        return item;
    }

    /** Whether it cannot be sold: blocked itself, or a bundle with a blocked component. */
    public boolean isBlocked(Item item) {
        return item.blocked()
                || item.bundle().stream().flatMap(List::stream).anyMatch(component -> byKey(component.itemKey())
                        .blocked());
    }
}
