/**
 * Backup and restore: of the embedded database's files, and of the rows of any database. Commands beside the server.
 */
@ApplicationModule(allowedDependencies = {"platform.database", "platform.postgres", "platform.server"})
@NullMarked
package dev.drawbridge.platform.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
