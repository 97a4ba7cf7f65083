/**
 * What partners are told: events, recorded in the transaction that caused them, and their delivery to the addresses
 * that subscribed to them.
 */
@ApplicationModule(
        allowedDependencies = {
            "partners",
            "platform.access",
            "platform.database",
            "platform.faults",
            "platform.feed",
            "platform.outbound",
            "platform.requests",
            "platform.server",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
