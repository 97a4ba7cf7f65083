package dev.drawbridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlBoundaryTest {

    @Test
    void a_module_touches_only_its_own_schema() {
        assertThat(SourceFile.ofMain().stream().flatMap(file -> SqlText.breachesOf(file).stream()))
                .as("another module's rows are read and changed by that module; ask it")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 from orders.orders o where o.order_id = :id for no key update",
                "select platform.now(), o.x is distinct from o.y from orders.orders o join orders.jobs j using (id)",
                "with due as (select 1 from orders.issuance_jobs), late (a) as (select 2) select * from due, late",
                "insert into orders.orders (a) select a from unnest(:as) t(a) on conflict do update set a = 1",
                "update orders.orders o set a = 1 from (values (1)) v(a) where substring(x from '^a') = 'from t'",
                "delete from only orders.orders -- from tickets",
                "Update the order first; it is not from this partner.",
            })
    void this_is_within_the_schema_of_orders(String sql) {
        assertThat(breaches(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 from ticketing.tickets",
                "select 1 from orders.orders o left join ticketing.tickets t on true",
                "with gone as (delete from ticketing.tickets returning 1) select 1 from gone",
                "insert into ticketing.tickets (a) values (1)",
                "update ticketing.slots set taken = 0",
                "delete from orders.orders o using ticketing.tickets t where true",
                "SELECT 1 FROM Ticketing.Tickets",
                "select 1 from tickets",
                "select 1 from orders.orders where exists (select from platform.companies)",
            })
    void this_goes_beyond_it(String sql) {
        assertThat(breaches(sql)).isNotEmpty();
    }

    @Test
    void sql_that_is_put_together_is_found() {
        SourceFile file = SourceFile.of("dev/drawbridge/orders/A.java", """
                package dev.drawbridge.orders;
                class A { String sql(String where) { return "select 1 from orders.orders where " + where; } }
                """);

        assertThat(SqlText.breachesOf(file))
                .containsExactly("dev/drawbridge/orders/A.java:2 puts SQL together with +;"
                        + " write it whole in one text block");
    }

    private static List<String> breaches(String sql) {
        return SqlText.breachesOf(SourceFile.of(
                "dev/drawbridge/orders/A.java",
                "package dev.drawbridge.orders; class A { String a = \"\"\"\n" + sql + "\n\"\"\"; }"));
    }
}
