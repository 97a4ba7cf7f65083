/**
 * HTTP for every module: problems, bodies, versions, pages, idempotency, rate limits, and the documents of the API.
 */
@ApplicationModule(allowedDependencies = {"platform.access", "platform.database", "platform.time"})
@NullMarked
package dev.drawbridge.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
