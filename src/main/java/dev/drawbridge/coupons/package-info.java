/**
 * What a guest gets besides entry: coupon types and coupons.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.numbers",
            "platform.time"
        })
@NullMarked
package dev.drawbridge.coupons;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
