package dev.drawbridge.platform.feed;

import java.util.Optional;
import java.util.UUID;

/**
 * An entry of a list that is read as a change feed.
 *
 * @param version the API's {@code rowVersion}
 * @param row as it is now; empty once it is gone
 */
public record Changed<T>(UUID id, long version, Optional<T> row) {}
