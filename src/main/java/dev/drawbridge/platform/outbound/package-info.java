/**
 * Requests that the server sends to addresses that somebody else chose: to public hosts only, bounded in time and size.
 */
@ApplicationModule(allowedDependencies = {"platform.server"})
@NullMarked
package dev.drawbridge.platform.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
