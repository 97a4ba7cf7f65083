package dev.drawbridge.coupons;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What coupons refer to, voided ones included: they stay on record. */
@Component
public class CouponReferenceStore {

    private final JdbcClient jdbc;

    CouponReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By their keys. */
    public record TypeAndItem(String couponType, String item) {}

    /** The id that so many coupons before {@code end} begin with; empty when there are none. */
    public Optional<UUID> partBegin(CompanyTransaction transaction, UUID end, int max) {
        return jdbc.sql("""
                        select coupon_id
                          from (select coupon_id from coupons.coupons
                                 where company_id = :company and coupon_id < :end
                                 order by coupon_id desc limit :max) part
                         order by coupon_id limit 1
                        """)
                .param("company", transaction.company().value())
                .param("end", end)
                .param("max", max)
                .query(UUID.class)
                .optional();
    }

    /** What the coupons from {@code begin} to before {@code end} are of. */
    public List<TypeAndItem> typesAndItems(CompanyTransaction transaction, UUID begin, UUID end) {
        return jdbc.sql("""
                        select distinct coupon_type_key, item_key
                          from coupons.coupons
                         where company_id = :company and coupon_id >= :begin and coupon_id < :end
                        """)
                .param("company", transaction.company().value())
                .param("begin", begin)
                .param("end", end)
                .query((row, number) -> new TypeAndItem(row.getString("coupon_type_key"), row.getString("item_key")))
                .list();
    }
}
