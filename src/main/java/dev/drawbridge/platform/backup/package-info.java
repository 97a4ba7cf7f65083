/**
 * Backup and restore: of the embedded database's files, and of the rows of any database. Commands beside the server,
 * which only watches how old the last backup is.
 */
@ApplicationModule(allowedDependencies = {"platform.database", "platform.postgres", "platform.server", "platform.time"})
@NullMarked
package dev.drawbridge.platform.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
