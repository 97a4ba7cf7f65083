package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.RowIds;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table platform.audit_log; the database lets us add rows and nothing else. */
@Component
class AuditStore {

    private final JdbcClient jdbc;

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(CompanyTransaction transaction, UUID apiKey, String action, String object, String details) {
        jdbc.sql("""
                        insert into platform.audit_log
                               (id, company_id, happened_at, api_key_id, action, object, details)
                        values (:id, :company, :now, :apiKey, :action, :object, cast(:details as jsonb))
                        """)
                .param("id", RowIds.next())
                .param("company", transaction.company().value())
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .param("apiKey", apiKey)
                .param("action", action)
                .param("object", object)
                .param("details", details)
                .update();
    }
}
