/**
 * What a guest holds: a wallet with its tickets and coupons.
 */
@ApplicationModule(allowedDependencies = {"platform.access", "platform.database", "platform.numbers"})
@NullMarked
package dev.drawbridge.wallets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
