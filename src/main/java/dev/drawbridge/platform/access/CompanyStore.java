package dev.drawbridge.platform.access;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The table platform.companies: the directory. */
@Component
class CompanyStore {

    private final JdbcClient jdbc;

    CompanyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Company> find(CompanyId id) {
        return jdbc.sql("""
                        select company_id, tenant_id, environment, name, display_name
                          from platform.companies
                         where company_id = :id
                        """)
                .param("id", id.value())
                .query((row, number) -> company(row))
                .optional();
    }

    Optional<Company> find(UUID tenant, String environment, String name) {
        return jdbc.sql("""
                        select company_id, tenant_id, environment, name, display_name
                          from platform.companies
                         where tenant_id = :tenant and environment_key = :environment and name_key = :name
                        """)
                .param("tenant", tenant)
                .param("environment", ComparisonKey.of(environment))
                .param("name", ComparisonKey.of(name))
                .query((row, number) -> company(row))
                .optional();
    }

    boolean tenantExists(UUID tenant) {
        return jdbc.sql("select exists (select from platform.companies where tenant_id = :tenant)")
                .param("tenant", tenant)
                .query(Boolean.class)
                .single();
    }

    boolean environmentExists(UUID tenant, String environment) {
        return jdbc.sql("""
                        select exists (select from platform.companies
                                        where tenant_id = :tenant and environment_key = :environment)
                        """)
                .param("tenant", tenant)
                .param("environment", ComparisonKey.of(environment))
                .query(Boolean.class)
                .single();
    }

    /** In the order of their ids. */
    List<Company> list(UUID tenant, String environment, UUID after, int rowsMax) {
        return jdbc.sql("""
                        select company_id, tenant_id, environment, name, display_name
                          from platform.companies
                         where tenant_id = :tenant and environment_key = :environment and company_id > :after
                         order by company_id
                         limit :max
                        """)
                .param("tenant", tenant)
                .param("environment", ComparisonKey.of(environment))
                .param("after", after)
                .param("max", rowsMax)
                .query((row, number) -> company(row))
                .list();
    }

    List<Company> byIds(Collection<UUID> ids) {
        return jdbc.sql("""
                        select company_id, tenant_id, environment, name, display_name
                          from platform.companies
                         where company_id = any(:ids)
                        """)
                .param("ids", new SqlArrayValue("uuid", ids.toArray()))
                .query((row, number) -> company(row))
                .list();
    }

    List<CompanyId> ids() {
        return jdbc.sql("select company_id from platform.companies order by company_id")
                .query((row, number) -> new CompanyId(row.getObject("company_id", UUID.class)))
                .list();
    }

    String settings(CompanyTransaction transaction) {
        return jdbc.sql("select settings::text from platform.companies where company_id = :id")
                .param("id", transaction.company().value())
                .query(String.class)
                .single();
    }

    long setupVersion(CompanyTransaction transaction) {
        return jdbc.sql("select setup_version from platform.companies where company_id = :id")
                .param("id", transaction.company().value())
                .query(Long.class)
                .single();
    }

    /** Weak enough for orders to come in meanwhile: their foreign keys need this row's key only. */
    Optional<String> lockSettings(CompanyTransaction transaction) {
        return jdbc.sql("select settings::text from platform.companies where company_id = :id for no key update")
                .param("id", transaction.company().value())
                .query(String.class)
                .optional();
    }

    void insert(CompanyTransaction transaction, Company company, String settings) {
        jdbc.sql("""
                        insert into platform.companies (company_id, tenant_id, environment, environment_key,
                               name, name_key, display_name, settings, setup_version, created_at)
                        values (:id, :tenant, :environment, :environmentKey,
                               :name, :nameKey, :displayName, cast(:settings as json), 1, :now)
                        """)
                .param("id", company.id().value())
                .param("tenant", company.tenant())
                .param("environment", company.environment())
                .param("environmentKey", ComparisonKey.of(company.environment()))
                .param("name", company.name())
                .param("nameKey", ComparisonKey.of(company.name()))
                .param("displayName", company.displayName())
                .param("settings", settings)
                .param("now", transaction.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(CompanyTransaction transaction, Company company, String settings) {
        jdbc.sql("""
                        update platform.companies
                           set environment = :environment, name = :name, display_name = :displayName,
                               settings = cast(:settings as json), setup_version = setup_version + 1
                         where company_id = :id
                           and environment_key = :environmentKey and name_key = :nameKey
                        """)
                .param("id", transaction.company().value())
                .param("environment", company.environment())
                .param("environmentKey", ComparisonKey.of(company.environment()))
                .param("name", company.name())
                .param("nameKey", ComparisonKey.of(company.name()))
                .param("displayName", company.displayName())
                .param("settings", settings)
                .update();
    }

    void raiseSetupVersion(CompanyTransaction transaction) {
        jdbc.sql("update platform.companies set setup_version = setup_version + 1 where company_id = :id")
                .param("id", transaction.company().value())
                .update();
    }

    private static Company company(ResultSet row) throws SQLException {
        return new Company(
                new CompanyId(row.getObject("company_id", UUID.class)),
                row.getObject("tenant_id", UUID.class),
                row.getString("environment"),
                row.getString("name"),
                row.getString("display_name"));
    }
}
