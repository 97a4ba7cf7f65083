/**
 * Who may do what: companies as the path names them, API keys, permissions.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.database",
            "platform.definitions",
            "platform.feed",
            "platform.numbers",
            "platform.server",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.platform.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
