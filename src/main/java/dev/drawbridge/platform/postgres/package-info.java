/**
 * PostgreSQL as a part of this process: unpacked, made, started, watched and ended. It knows nothing of what it stores.
 */
@ApplicationModule(allowedDependencies = {"platform.server"})
@NullMarked
package dev.drawbridge.platform.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
