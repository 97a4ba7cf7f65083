/**
 * Who may come when: admissions, schedules, slots with their capacity, reservations, tickets.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.access",
            "platform.database",
            "platform.definitions",
            "platform.feed",
            "platform.numbers",
            "platform.requests",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.ticketing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
