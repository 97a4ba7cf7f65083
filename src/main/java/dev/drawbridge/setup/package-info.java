/**
 * A company from one file: the setup document, API keys, the demo.
 */
@ApplicationModule(
        allowedDependencies = {
            "catalog",
            "coupons",
            "orders",
            "partners",
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.numbers",
            "platform.requests",
            "platform.server",
            "platform.time",
            "platform.web",
            "ticketing",
            "wallets"
        })
@NullMarked
package dev.drawbridge.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
