/**
 * The words of the API: bodies read field by field, violations, problems, answers. The way of a request through the
 * server is in {@code platform.requests}.
 */
@ApplicationModule(allowedDependencies = {"platform.server", "platform.time"})
@NullMarked
package dev.drawbridge.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
