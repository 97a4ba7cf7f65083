/**
 * This server as the person who starts it sees it: settings, data directory, secret, and why it does not start.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.drawbridge.platform.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
