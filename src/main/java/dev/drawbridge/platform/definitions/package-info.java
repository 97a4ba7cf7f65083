/**
 * What a company has set up, entry by entry as it was written; every module reads the kinds it understands.
 */
@ApplicationModule(allowedDependencies = {"platform.database"})
@NullMarked
package dev.drawbridge.platform.definitions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
