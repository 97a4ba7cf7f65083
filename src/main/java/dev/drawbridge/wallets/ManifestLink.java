package dev.drawbridge.wallets;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a manifest's id leads: one line of {@code wallets.manifest_links}, the directory that is read before a company
 * is
 * known.
 *
 * @param walletId null for the manifest of the whole order
 */
public record ManifestLink(
        UUID manifestId, UUID orderId, @Nullable UUID walletId) {}
