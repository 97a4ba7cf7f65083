/**
 * Invariants, asked of the rows while the server runs: each module answers for its own, here they are compared. Nothing
 * is ever repaired.
 */
@ApplicationModule(
        allowedDependencies = {
            "coupons",
            "orders",
            "platform.access",
            "platform.database",
            "platform.time",
            "ticketing",
            "wallets",
            "webhooks"
        })
@NullMarked
package dev.drawbridge.invariants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
