package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who sent a request: a live API key.
 *
 * @param keyId identifies the key; the platform key has the nil UUID
 * @param company the key's own company; empty for the platform key, which works in all
 * @param partner bound to this partner; empty for an operator's key, which acts for all partners
 */
public record Caller(
        UUID keyId, Optional<CompanyId> company, Optional<PartnerId> partner, Set<Permission> permissions) {

    /** Whoever runs the server: every permission in every company, and it creates companies. */
    public static final Caller PLATFORM =
            new Caller(new UUID(0, 0), Optional.empty(), Optional.empty(), EnumSet.allOf(Permission.class));

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    public boolean isPlatform() {
        return company.isEmpty();
    }

    public boolean isOperator() {
        return partner.isEmpty();
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether this caller may see and change what belongs to the partner. */
    public boolean actsFor(PartnerId other) {
        return partner.isEmpty() || partner.get().equals(other);
    }
}
