package dev.drawbridge.orders;

import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.OrderId;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of reserved external reference numbers, by comparison key. */
@Component
class ExternalReferenceStore {

    private final JdbcClient jdbc;

    ExternalReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reserves the numbers, in one order everywhere so that two orders never wait for each other; answers how many were
     * free. A rival that has not committed yet is waited for.
     */
    int insert(CompanyTransaction transaction, OrderId order, Collection<String> keys) {
        return jdbc.sql("""
                        insert into orders.external_references (company_id, reference_key, order_id)
                        select :company, key, :order
                          from unnest(:keys::text[]) with ordinality as k (key, place)
                         order by place
                            on conflict do nothing
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("keys", new TreeSet<>(keys).toArray(String[]::new))
                .update();
    }

    Set<String> among(CompanyTransaction transaction, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select reference_key from orders.external_references
                         where company_id = :company and reference_key = any(:keys::text[])
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** As {@link #among}, but not counting those of the order itself. */
    Set<String> amongOthers(CompanyTransaction transaction, OrderId order, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select reference_key from orders.external_references
                         where company_id = :company and reference_key = any(:keys::text[]) and order_id <> :order
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .param("order", order.value())
                .query(String.class)
                .list());
    }

    /** As {@link #among}, but not counting those of an order in Error under this reference, which is about to go. */
    Set<String> amongKept(
            CompanyTransaction transaction, PartnerId partner, String orderReferenceKey, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select e.reference_key
                          from orders.external_references e
                          join orders.orders o on o.company_id = e.company_id and o.order_id = e.order_id
                         where e.company_id = :company and e.reference_key = any(:keys::text[])
                           and not (o.partner_id = :partner and o.reference_key = :orderReference
                                    and o.status = 'Error')
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .param("partner", partner.value())
                .param("orderReference", orderReferenceKey)
                .query(String.class)
                .list());
    }

    void free(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("delete from orders.external_references where company_id = :company and order_id = :order")
                .param("company", transaction.company().value())
                .param("order", order.value())
                .update();
    }
}
