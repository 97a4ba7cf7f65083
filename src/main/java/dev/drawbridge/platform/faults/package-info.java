/**
 * The places where the fault run has nodes die, stop or fail; in production they do nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.drawbridge.platform.faults;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
