package dev.drawbridge.platform.database;

import dev.drawbridge.platform.postgres.DatabaseServer;
import dev.drawbridge.platform.server.StartRefused;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What the server insists on before it takes the first order. */
final class DatabaseChecks {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseChecks.class);

    private final DatabaseServer server;
    private final DatabaseCheckStore store;

    DatabaseChecks(DatabaseServer server, DatabaseCheckStore store) {
        this.server = server;
        this.store = store;
    }

    void refuseUnsafeSettings(boolean allowed) {
        List<String> settings = answer(store::unsafeSettings);
        if (settings.isEmpty()) {
            return;
        }
        if (!allowed) {
            throw new StartRefused("The database may lose acknowledged orders (" + String.join(", ", settings)
                    + "); set them on, or start with DRAWBRIDGE_ALLOW_UNSAFE_DATABASE=true.");
        }
        LOG.warn("database_unsafe {}: a power cut may lose acknowledged orders", settings);
    }

    /** After the migrations, for only then it is known what there is to own. */
    void refuseExcessiveRights() {
        List<String> rights = answer(store::excessiveRights);
        if (!rights.isEmpty()) {
            throw new StartRefused("The database role " + server.application().user() + " "
                    + String.join(", ", rights)
                    + "; row-level security would not bind it, give the application a plain role.");
        }
    }

    private List<String> answer(Supplier<List<String>> question) {
        try {
            return question.get();
        } catch (DataAccessException failure) {
            throw new StartRefused(
                    "The database at " + server.url() + " cannot be used: "
                            + failure.getMostSpecificCause().getMessage(),
                    failure);
        }
    }
}
