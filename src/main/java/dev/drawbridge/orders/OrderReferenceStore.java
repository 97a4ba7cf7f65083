package dev.drawbridge.orders;

import static java.util.stream.Collectors.toSet;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.ComparisonKey;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What orders refer to, cancelled ones included: it must stay readable as long as they are. */
@Component
public class OrderReferenceStore {

    private final JdbcClient jdbc;

    OrderReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the partners, by the text of their ids, that orders are from. */
    public Set<String> partners(CompanyTransaction transaction, Set<String> ids) {
        return jdbc
                .sql("""
                        select asked.id
                          from unnest(:ids) as asked (id)
                         where exists (select from orders.orders o
                                        where o.company_id = :company and o.partner_id = asked.id::uuid)
                        """)
                .param("company", transaction.company().value())
                .param("ids", new SqlArrayValue("text", ids.toArray()))
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .collect(toSet());
    }

    /**
     * Those of the items, by key, that lines of orders name. Numbers are stored as they were sent, so all different
     * ones are read and compared here.
     */
    public Set<String> items(CompanyTransaction transaction, Set<String> keys) {
        return jdbc
                .sql("""
                        select distinct line ->> 'itemNumber'
                          from orders.orders, json_array_elements(content) as line
                         where company_id = :company
                        """)
                .param("company", transaction.company().value())
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .map(ComparisonKey::of)
                .filter(keys::contains)
                .collect(toSet());
    }
}
