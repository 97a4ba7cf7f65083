package dev.drawbridge.coupons;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What coupons refer to, voided ones included: they stay on record. */
@Component
public class CouponReferenceStore {

    private final JdbcClient jdbc;

    CouponReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the coupon types that coupons are of. */
    public Set<String> couponTypes(CompanyTransaction transaction, Set<String> keys) {
        return keys(transaction, keys, """
                select asked.key
                  from unnest(:keys) as asked (key)
                 where exists (select from coupons.coupons c
                                where c.company_id = :company and c.coupon_type_key = asked.key)
                """);
    }

    /** Those of the items that coupons were issued for. */
    public Set<String> items(CompanyTransaction transaction, Set<String> keys) {
        return keys(transaction, keys, """
                select asked.key
                  from unnest(:keys) as asked (key)
                 where exists (select from coupons.coupons c
                                where c.company_id = :company and c.item_key = asked.key)
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
