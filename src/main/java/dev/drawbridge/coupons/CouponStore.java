package dev.drawbridge.coupons;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of coupons. */
@Component
class CouponStore {

    private final JdbcClient jdbc;
    private final JsonRows rows;

    CouponStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Inserts the coupons whose number is free; answers the ids of these. A coupon issued twice raises an error. */
    Set<UUID> insert(CompanyTransaction transaction, List<Coupon> coupons) {
        return jdbc
                .sql("""
                        insert into coupons.coupons (company_id, coupon_id, order_id, generation, line_no, seq_no,
                               component_no, number, number_key, coupon_type_key, item_key, issued, valid_from,
                               valid_until)
                        select :company, coupon_id, order_id, generation, line_no, seq_no,
                               component_no, number, number_key, coupon_type_key, item_key, issued, valid_from,
                               valid_until
                          from json_populate_recordset(null::coupons.coupons, :rows::json)
                            on conflict (company_id, number_key) do nothing
                        returning coupon_id
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(coupons))
                .query(UUID.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Coupon> of(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select coupon_id, order_id, generation, line_no, seq_no, component_no, number, number_key,
                               coupon_type_key, item_key, issued, valid_from, valid_until
                          from coupons.coupons
                         where company_id = :company and order_id = :order and generation = :generation
                           and voided_at is null
                         order by line_no, seq_no, component_no
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(CouponStore::coupon)
                .list();
    }

    boolean anyRedeemed(CompanyTransaction transaction, OrderId order) {
        return jdbc.sql("""
                        select exists (select from coupons.coupons
                                        where company_id = :company and order_id = :order and redeemed_at is not null
                                          and voided_at is null)
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .query(Boolean.class)
                .single();
    }

    int markIssued(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        update coupons.coupons set issued = true
                         where company_id = :company and order_id = :order and generation = :generation
                           and voided_at is null and not issued
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .update();
    }

    void voidAll(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("""
                        update coupons.coupons set voided_at = :now::timestamptz
                         where company_id = :company and order_id = :order and voided_at is null
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("now", transaction.now().toString())
                .update();
    }

    List<Coupons.Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return jdbc.sql("""
                        select order_id, generation, count(*) as coupons, count(*) filter (where issued) as paid
                          from coupons.coupons
                         where company_id = :company and order_id = any(:orders::uuid[]) and voided_at is null
                         group by order_id, generation
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, number) -> new Coupons.Live(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getInt("generation"),
                        row.getInt("coupons"),
                        row.getInt("paid")))
                .list();
    }

    List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select distinct order_id from coupons.coupons
                         where company_id = :company and order_id > :after and voided_at is null
                         order by order_id limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .list();
    }

    private static Coupon coupon(ResultSet row, int number) throws SQLException {
        return new Coupon(
                row.getObject("coupon_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("generation"),
                row.getInt("line_no"),
                row.getInt("seq_no"),
                row.getInt("component_no"),
                row.getString("number"),
                row.getString("number_key"),
                row.getString("coupon_type_key"),
                row.getString("item_key"),
                row.getBoolean("issued"),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                row.getObject("valid_until", OffsetDateTime.class).toInstant());
    }
}
