/**
 * What partners are told: events, recorded in the transaction that caused them.
 */
@ApplicationModule(allowedDependencies = {"platform.database"})
@NullMarked
package dev.drawbridge.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
