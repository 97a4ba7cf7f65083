/**
 * The channel manager itself: orders come in, are issued, confirmed, replaced and cancelled.
 */
@ApplicationModule(
        allowedDependencies = {
            "catalog",
            "coupons",
            "partners",
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.faults",
            "platform.feed",
            "platform.numbers",
            "platform.requests",
            "platform.server",
            "platform.time",
            "platform.web",
            "ticketing",
            "wallets",
            "webhooks"
        })
@NullMarked
package dev.drawbridge.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
