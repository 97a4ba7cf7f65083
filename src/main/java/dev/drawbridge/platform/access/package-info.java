/**
 * Who may do what: companies as the path names them, API keys, permissions.
 */
@ApplicationModule(allowedDependencies = {"platform.database", "platform.time", "platform.definitions"})
@NullMarked
package dev.drawbridge.platform.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
