package dev.drawbridge.platform.database;

import dev.drawbridge.fixtures.TestDatabase;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Companies without a setup: rows of the directory, for tests of what stands below setups. */
public final class TestCompanyRows {

    private TestCompanyRows() {}

    public static CompanyId insert() {
        UUID id = UUID.randomUUID();
        JdbcClient.create(TestDatabase.running().asOwner())
                .sql("""
                        insert into platform.companies
                               (company_id, tenant_id, environment, environment_key, name, name_key, display_name,
                                settings, created_at)
                        values (:id, :id, 'test', 'test', 'Castle', 'castle', 'Castle', '{}', now())
                        """)
                .param("id", id)
                .update();
        return new CompanyId(id);
    }
}
