/**
 * What is sold: items, bundles, translations, prices.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
