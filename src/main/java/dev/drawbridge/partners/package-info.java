/**
 * Who sells: the travel agencies that send orders.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.faults",
            "platform.numbers",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.partners;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
