/**
 * The change feed: positions handed out in commit order, so that a consumer misses no row.
 */
@ApplicationModule(allowedDependencies = {"platform.database", "platform.faults", "platform.time", "platform.web"})
@NullMarked
package dev.drawbridge.platform.feed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
