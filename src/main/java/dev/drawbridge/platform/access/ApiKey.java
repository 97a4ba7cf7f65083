package dev.drawbridge.platform.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An API key as it may be shown at any time: without its secret.
 *
 * @param prefix the key's beginning, to recognise it
 * @param lastUsedAt at most a minute late
 */
public record ApiKey(
        UUID id,
        String prefix,
        String name,
        Optional<PartnerId> partner,
        List<Permission> permissions,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt) {

    /** @param key the whole key, shown this once */
    public record Created(ApiKey apiKey, String key) {}

    /** What a new key is to be. */
    public record Wanted(
            String name, Optional<PartnerId> partner, List<Permission> permissions, Optional<Instant> expiresAt) {}
}
