package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import dev.drawbridge.platform.database.JsonRows;
import dev.drawbridge.platform.database.OrderId;
import dev.drawbridge.ticketing.Reservations.LivePlaces;
import dev.drawbridge.ticketing.Reservations.SlotCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of reservations, and of the places that they take of slots. */
@Component
class ReservationStore {

    /** The row of {@code ticketing.reservations}. */
    record Row(UUID companyId, UUID orderId, int generation, UUID slotId, int quantity, String state) {}

    /** A slot that this transaction holds the lock of: nobody else gives its places until it ends. */
    record LockedSlot(UUID slotId, Instant endsAt, int capacity, int taken, boolean closed) {}

    private record Change(UUID slotId, int places) {}

    private final JdbcClient jdbc;
    private final JsonRows rows;

    ReservationStore(JdbcClient jdbc, JsonRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Locks the slots in id order, the same order everywhere, so that two transactions never wait for each other. */
    Map<UUID, LockedSlot> lockSlots(CompanyTransaction transaction, Collection<UUID> slotIds) {
        if (slotIds.isEmpty()) {
            return Map.of();
        }
        Map<UUID, LockedSlot> locked = new LinkedHashMap<>();
        jdbc.sql("""
                        select slot_id, ends_at, capacity, taken, closed
                          from ticketing.slots
                         where company_id = :company and slot_id = any(:ids::uuid[])
                         order by slot_id
                           for no key update
                        """)
                .param("company", transaction.company().value())
                .param("ids", slotIds.stream().distinct().toArray(UUID[]::new))
                .query((row, number) -> new LockedSlot(
                        row.getObject("slot_id", UUID.class),
                        row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                        row.getInt("capacity"),
                        row.getInt("taken"),
                        row.getBoolean("closed")))
                .list()
                .forEach(slot -> locked.put(slot.slotId(), slot));
        return locked;
    }

    /** As {@link #take}, without new reservations: places are given back, or taken again. */
    void change(CompanyTransaction transaction, Map<UUID, Integer> placesBySlot) {
        take(transaction, List.of(), placesBySlot);
    }

    /** Inserts reservations and changes {@code taken} of slots that this transaction has locked: one statement. */
    void take(CompanyTransaction transaction, List<Row> reservations, Map<UUID, Integer> placesBySlot) {
        List<Change> changes = placesBySlot.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Change(entry.getKey(), entry.getValue()))
                .toList();
        if (reservations.isEmpty() && changes.isEmpty()) {
            return;
        }
        int changed = jdbc.sql("""
                        with reserved as (
                            insert into ticketing.reservations (company_id, order_id, generation, slot_id, quantity,
                                   state)
                            select :company, order_id, generation, slot_id, quantity, state
                              from json_populate_recordset(null::ticketing.reservations, :rows::json))
                        update ticketing.slots s
                           set taken = s.taken + c.places
                          from (select * from json_to_recordset(:changes::json) as c (slot_id uuid, places integer)
                                 limit :count) c
                         where s.company_id = :company and s.slot_id = c.slot_id
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(reservations))
                .param("changes", rows.of(changes))
                .param("count", changes.size())
                .update();
        if (changed != changes.size()) {
            throw new IllegalStateException("Expected to change " + changes.size() + " slots, but changed " + changed);
        }
    }

    /** The reservations of these orders that are not released, of every generation. */
    List<Row> live(CompanyTransaction transaction, Collection<OrderId> orders) {
        return jdbc.sql("""
                        select company_id, order_id, generation, slot_id, quantity, state
                          from ticketing.reservations
                         where company_id = :company and order_id = any(:orders::uuid[]) and state <> 'released'
                         order by order_id, generation, slot_id
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query(ReservationStore::row)
                .list();
    }

    List<Row> of(CompanyTransaction transaction, OrderId order, int generation) {
        return jdbc.sql("""
                        select company_id, order_id, generation, slot_id, quantity, state
                          from ticketing.reservations
                         where company_id = :company and order_id = :order and generation = :generation
                         order by slot_id
                        """)
                .param("company", transaction.company().value())
                .param("order", order.value())
                .param("generation", generation)
                .query(ReservationStore::row)
                .list();
    }

    /** Moves the reservations from one state to another; the count says whether it was this call that did. */
    int move(CompanyTransaction transaction, List<Row> reservations, String to) {
        if (reservations.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                        update ticketing.reservations r
                           set state = :to
                          from (select * from json_populate_recordset(null::ticketing.reservations, :rows::json)
                                 limit :count) c
                         where r.company_id = :company and r.order_id = c.order_id and r.generation = c.generation
                           and r.slot_id = c.slot_id and r.state = c.state
                        """)
                .param("company", transaction.company().value())
                .param("rows", rows.of(reservations))
                .param("count", reservations.size())
                .param("to", to)
                .update();
    }

    /** The next slots, each with what its counter says and what its reservations do. */
    List<SlotCount> counts(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select s.slot_id, s.capacity, s.taken, coalesce(sum(r.quantity), 0) as reserved
                          from (select company_id, slot_id, capacity, taken from ticketing.slots
                                 where company_id = :company and slot_id > :after
                                 order by slot_id limit :max) s
                          left join ticketing.reservations r
                            on r.company_id = s.company_id and r.slot_id = s.slot_id and r.state <> 'released'
                         group by s.slot_id, s.capacity, s.taken
                         order by s.slot_id
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> new SlotCount(
                        row.getObject("slot_id", UUID.class),
                        row.getInt("capacity"),
                        row.getInt("taken"),
                        row.getLong("reserved")))
                .list();
    }

    /** What these orders have taken, by generation, beside the places that their tickets are bound to. */
    List<LivePlaces> livePlaces(CompanyTransaction transaction, Collection<OrderId> orders) {
        return jdbc.sql("""
                        with taken as (
                            select order_id, generation, slot_id, quantity, state from ticketing.reservations
                             where company_id = :company and order_id = any(:orders::uuid[]) and state <> 'released'),
                        bound as (
                            select t.order_id, t.generation, s.slot_id, sum(t.quantity) as quantity
                              from ticketing.tickets t
                             cross join unnest(t.slot_ids) as s (slot_id)
                             where t.company_id = :company and t.order_id = any(:orders::uuid[])
                               and t.voided_at is null
                             group by t.order_id, t.generation, s.slot_id)
                        select order_id, generation, count(*) filter (where state = 'held') as held,
                               count(*) filter (where state = 'sold') as sold,
                               bool_and(taken.quantity is not distinct from bound.quantity) as as_tickets
                          from taken full join bound using (order_id, generation, slot_id)
                         group by order_id, generation
                        """)
                .param("company", transaction.company().value())
                .param("orders", orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query((row, number) -> new LivePlaces(
                        new OrderId(row.getObject("order_id", UUID.class)),
                        row.getInt("generation"),
                        row.getInt("held"),
                        row.getInt("sold"),
                        row.getBoolean("as_tickets")))
                .list();
    }

    List<UUID> ordersWithPlaces(CompanyTransaction transaction, UUID after, int max) {
        return jdbc.sql("""
                        select distinct order_id from ticketing.reservations
                         where company_id = :company and order_id > :after and state <> 'released'
                         order by order_id limit :max
                        """)
                .param("company", transaction.company().value())
                .param("after", after)
                .param("max", max)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("company_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("generation"),
                row.getObject("slot_id", UUID.class),
                row.getInt("quantity"),
                row.getString("state"));
    }
}
