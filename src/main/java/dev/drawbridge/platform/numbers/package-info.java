/**
 * Numbers that guests and partners see: patterns, and series that hand out blocks to nodes.
 */
@ApplicationModule(allowedDependencies = {"platform.database", "platform.web"})
@NullMarked
package dev.drawbridge.platform.numbers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
