package dev.drawbridge.wallets;

import java.util.UUID;

/**
 * A ticket or coupon in a wallet: one line of {@code wallets.wallet_assets}.
 *
 * @param id of this entry of the wallet
 * @param type {@code ticket} or {@code coupon}
 * @param assetId of the ticket or coupon itself
 */
public record WalletAsset(
        UUID id, UUID walletId, UUID orderId, int generation, int componentNo, String type, UUID assetId) {}
