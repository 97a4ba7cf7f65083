package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Who did what, for the things that somebody may ask about later. Append only; ids and words, no guest data. */
@Component
public class AuditLog {

    /** In place of an API key: the server itself, by a job. */
    private static final UUID SERVER = new UUID(0, 1);

    private final AuditStore store;
    private final JsonMapper mapper;

    AuditLog(AuditStore store, JsonMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    /**
     * Records an action in the transaction of its effect.
     *
     * @param action what was done, such as {@code api_key_created}
     * @param object what it was done to: an id
     */
    public void record(
            CompanyTransaction transaction, Caller caller, String action, String object, Map<String, ?> details) {
        store.insert(transaction, caller.keyId(), action, object, mapper.writeValueAsString(details));
    }

    /** As {@link #record}, for what nobody asked for: the server did it by itself. */
    public void recordOwn(CompanyTransaction transaction, String action, String object, Map<String, ?> details) {
        store.insert(transaction, SERVER, action, object, mapper.writeValueAsString(details));
    }
}
