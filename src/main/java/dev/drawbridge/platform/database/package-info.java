/**
 * The database: the embedded PostgreSQL or a given one, migrations, and transactions that know their company.
 */
@ApplicationModule(allowedDependencies = {"platform.faults", "platform.postgres", "platform.server", "platform.time"})
@NullMarked
package dev.drawbridge.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
