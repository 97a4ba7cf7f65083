package dev.drawbridge.platform.database;

import java.util.UUID;

/** The company (attraction) that a row belongs to: the unit of isolation. */
public record CompanyId(UUID value) implements Comparable<CompanyId> {

    @Override
    public int compareTo(CompanyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
