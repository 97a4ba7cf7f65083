/**
 * The way of every request: request id, key, rate limit, permission, path, version, body, idempotency, pages, and the
 * one error body whatever fails.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform.access",
            "platform.database",
            "platform.faults",
            "platform.feed",
            "platform.server",
            "platform.time",
            "platform.web"
        })
@NullMarked
package dev.drawbridge.platform.requests;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
