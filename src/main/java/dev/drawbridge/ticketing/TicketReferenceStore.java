package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What tickets and reservations refer to, voided and released ones included: they stay on record. */
@Component
public class TicketReferenceStore {

    private final JdbcClient jdbc;

    TicketReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the admissions whose slots were ever reserved. */
    public Set<String> admissions(CompanyTransaction transaction, Set<String> keys) {
        return keys(transaction, keys, """
                select asked.key
                  from unnest(:keys) as asked (key)
                 where exists (select from ticketing.slots s
                                 join ticketing.reservations r using (company_id, slot_id)
                                where s.company_id = :company and s.admission_key = asked.key)
                """);
    }

    /** Those of the ticket types that tickets are of. */
    public Set<String> ticketTypes(CompanyTransaction transaction, Set<String> keys) {
        return keys(transaction, keys, """
                select asked.key
                  from unnest(:keys) as asked (key)
                 where exists (select from ticketing.tickets t
                                where t.company_id = :company and t.ticket_type_key = asked.key)
                """);
    }

    /** Those of the items that tickets were issued for. */
    public Set<String> items(CompanyTransaction transaction, Set<String> keys) {
        return keys(transaction, keys, """
                select asked.key
                  from unnest(:keys) as asked (key)
                 where exists (select from ticketing.tickets t
                                where t.company_id = :company and t.item_key = asked.key)
                """);
    }

    private Set<String> keys(CompanyTransaction transaction, Set<String> keys, String sql) {
        return new HashSet<>(jdbc.sql(sql)
                .param("company", transaction.company().value())
                .param("keys", new SqlArrayValue("text", keys.toArray()))
                .query(String.class)
                .list());
    }
}
