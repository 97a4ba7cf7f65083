package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** SQL of tickets. */
@Component
class TicketStore {

    private final JdbcClient jdbc;
    private final JsonRows rows;

    TicketStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Inserts the tickets whose number is free; answers the ids of these. A ticket issued twice raises an error. */
    Set<UUID> insert(CompanyTransaction transaction, List<Ticket> tickets) {
        return jdbc
                .sql("""
                        insert into ticketing.tickets (company_id, ticket_id, order_id, generation, line_no, seq_no,
                               component_no, number, number_key, ticket_type_key, item_key, quantity, paid, visit_date,
                               visit_time, valid_from, valid_until, slot_ids)
                        select :company, ticket_id, order_id, generation, line_no, seq_no,
                               component_no, number, number_key, ticket_type_key, item_key, quantity, paid, visit_date,
                               visit_time, valid_from, valid_until, slot_ids
                          from json_populate_recordset(null::ticketing.tickets, :rows::json)
                            on conflict (company_id, number_key) do nothing
                        returning ticket_id
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(tickets))
                .query(UUID.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Ticket> of(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select ticket_id, order_id, generation, line_no, seq_no, component_no, number, number_key,
                               ticket_type_key, item_key, quantity, paid, visit_date, visit_time, valid_from,
                               valid_until, slot_ids
                          from ticketing.tickets
                         where company_id = :company and order_id = :order and generation = :generation
                           and voided_at is null
                         order by line_no, seq_no, component_no
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(TicketStore::ticket)
                .list();
    }

    boolean anyAdmitted(CompanyTransaction transaction, OrderId order) {
        return jdbc.sql("""
                        select exists (select from ticketing.tickets
                                        where company_id = :company and order_id = :order and admitted > 0
                                          and voided_at is null)
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .query(Boolean.class)
                .single();
    }

    int pay(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        update ticketing.tickets set paid = true
                         where company_id = :company and order_id = :order and generation = :generation
                           and voided_at is null and not paid
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .update();
    }

    void voidAll(CompanyTransaction transaction, OrderId order) {
        jdbc.sql("""
                        update ticketing.tickets set voided_at = :now::timestamptz
                         where company_id = :company and order_id = :order and voided_at is null
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("now", transaction.now().toString())
                .update();
    }

    List<Tickets.Live> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return jdbc.sql("""
                        select order_id, generation, count(*) as tickets, count(*) filter (where paid) as paid
                          from ticketing.tickets
                         where company_id = :company and order_id = any(:orders::uuid[]) and voided_at is null
                         group by order_id, generation
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, number) -> new Tickets.Live(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getInt("generation"),
                        row.getInt("tickets"),
                        row.getInt("paid")))
                .list();
    }

    List<UUID> ordersWithLive(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select distinct order_id from ticketing.tickets
                         where company_id = :company and order_id > :after and voided_at is null
                         order by order_id limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .list();
    }

    /** Which of these comparison keys are numbers of tickets, voided ones included: they stay on record. */
    Set<String> numbersAmong(CompanyTransaction transaction, Collection<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select number_key from ticketing.tickets
                         where company_id = :company and number_key = any(:keys::text[])
                        """)
                .param("company", transaction.company().value())
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Those of the admissions whose slots were ever reserved. */
    Set<String> admissionsInUse(CompanyTransaction transaction, Set<String> keys) {
        return Set.copyOf(jdbc.sql("""
                        select asked.key
                          from unnest(:keys) as asked (key)
                         where exists (select from ticketing.slots s
                                         join ticketing.reservations r using (company_id, slot_id)
                                        where s.company_id = :company and s.admission_key = asked.key)
                        """)
                .param("company", transaction.company().value())
                .param("keys", new SqlArrayValue("text", keys.toArray()))
                .query(String.class)
                .list());
    }

    /** The id that so many tickets before {@code end} begin with; empty when there are none. */
    Optional<UUID> partBegin(CompanyTransaction transaction, UUID end, int max) {
        return jdbc.sql("""
                        select ticket_id
                          from (select ticket_id from ticketing.tickets
                                 where company_id = :company and ticket_id < :end
                                 order by ticket_id desc limit :max) part
                         order by ticket_id limit 1
                        """)
                .param("company", transaction.company().value())
                .param("end", end)
                .param("max", max)
                .query(UUID.class)
                .optional();
    }

    /** The types and items of the tickets from {@code begin} to {@code end}. */
    List<Tickets.TypeAndItem> typesAndItems(CompanyTransaction transaction, UUID begin, UUID end) {
        return jdbc.sql("""
                        select distinct ticket_type_key, item_key
                          from ticketing.tickets
                         where company_id = :company and ticket_id >= :begin and ticket_id < :end
                        """)
                .param("company", transaction.company().value())
                .param("begin", begin)
                .param("end", end)
                .query((row, number) ->
                        new Tickets.TypeAndItem(row.getString("ticket_type_key"), row.getString("item_key")))
                .list();
    }

    private static Ticket ticket(ResultSet row, int number) throws SQLException {
        return new Ticket(
                row.getObject("ticket_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("generation"),
                row.getInt("line_no"),
                row.getInt("seq_no"),
                row.getInt("component_no"),
                row.getString("number"),
                row.getString("number_key"),
                row.getString("ticket_type_key"),
                row.getString("item_key"),
                row.getInt("quantity"),
                row.getBoolean("paid"),
                row.getObject("visit_date", LocalDate.class),
                row.getObject("visit_time", LocalTime.class),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                row.getObject("valid_until", OffsetDateTime.class).toInstant(),
                List.of((UUID[]) row.getArray("slot_ids").getArray()));
    }
}
