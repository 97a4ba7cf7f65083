package dev.drawbridge.platform.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings tables into an order in which rows can be inserted: whoever is referred to comes first. */
final class TableOrder {

    /** One table refers to another; both as {@code schema.name}. */
    record Reference(String from, String to) {}

    private TableOrder() {}

    static List<BackupContents.Table> of(List<BackupContents.Table> tables, List<Reference> references) {
        List<BackupContents.Table> ordered = new ArrayList<>();
        List<BackupContents.Table> rest = new ArrayList<>(tables);
        Set<String> waiting = new HashSet<>();
        tables.forEach(table -> waiting.add(table.fullName()));
        while (!rest.isEmpty()) {
            List<BackupContents.Table> next = rest.stream()
                    .filter(table -> references.stream()
                            .filter(reference -> reference.from().equals(table.fullName()))
                            .filter(reference -> !reference.to().equals(reference.from()))
                            .noneMatch(reference -> waiting.contains(reference.to())))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("These tables refer to one another in a circle: " + waiting);
            }
            next.forEach(table -> waiting.remove(table.fullName()));
            ordered.addAll(next);
            rest.removeAll(next);
        }
        return ordered;
    }
}
