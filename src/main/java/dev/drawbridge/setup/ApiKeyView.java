package dev.drawbridge.setup;

import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An API key in answers.
 *
 * @param key only in the answer that made it
 * @param secretShown true where the key was shown before, in the first answer to a repeated request
 */
record ApiKeyView(
        UUID id,
        Optional<String> key,
        Optional<Boolean> secretShown,
        String prefix,
        String name,
        Optional<UUID> partnerId,
        List<String> permissions,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> expiresAt) {

    ApiKeyView {
        permissions = List.copyOf(permissions);
    }

    static ApiKeyView of(ApiKey.Created created) {
        return of(created.apiKey(), Optional.of(created.key()), Optional.empty());
    }

    static ApiKeyView ofShown(ApiKey key) {
        return of(key, Optional.empty(), Optional.of(true));
    }

    static ApiKeyView of(ApiKey key) {
        return of(key, Optional.empty(), Optional.empty());
    }

    private static ApiKeyView of(ApiKey key, Optional<String> secret, Optional<Boolean> secretShown) {
        return new ApiKeyView(
                key.id(),
                secret,
                secretShown,
                key.prefix(),
                key.name(),
                key.partner().map(PartnerId::value),
                key.permissions().stream().map(Permission::caption).toList(),
                key.createdAt(),
                key.lastUsedAt(),
                key.expiresAt());
    }
}
