/**
 * What a guest gets besides entry: coupon types and coupons.
 */
@ApplicationModule(
        allowedDependencies = {
            "catalog",
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.numbers",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.coupons;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
