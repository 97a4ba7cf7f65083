package dev.drawbridge.ticketing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * The slots of a company's admissions. Only {@link Reservations} takes places and gives them back.
 *
 * <p>Who writes slots locks them first, by id: {@link #lock}.
 */
@Component
public class SlotStore {

    /** A place in the list of an admission's slots, which goes by start, then id. */
    record Position(Instant startsAt, UUID slotId) {

        /** Before all slots: none starts so early. */
        static final Position BEGINNING = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    private final JdbcClient jdbc;

    SlotStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The slots of these days by start, closed ones included; a day without slots has no entry. Locks nothing. */
    public Map<AdmissionDay, List<Slot>> ofDays(CompanyTransaction transaction, Collection<AdmissionDay> days) {
        List<AdmissionDay> distinct = days.stream().distinct().toList();
        return jdbc
                .sql("""
                        select slot_id, admission_key, local_date, local_start, starts_at, ends_at,
                               capacity, taken, closed
                        from unnest(:admissions, :dates) as asked (admission_key, local_date)
                        join ticketing.slots using (admission_key, local_date)
                        where company_id = :company
                        order by admission_key, local_date, local_start
                        """)
                .param("company", company(transaction))
                .param("admissions", array("text", distinct, AdmissionDay::admissionKey))
                .param("dates", array("date", distinct, AdmissionDay::date))
                .query((row, number) -> slot(row))
                .list()
                .stream()
                .collect(groupingBy(slot -> new AdmissionDay(slot.admissionKey(), slot.date())));
    }

    /** One page of an admission's slots by start: those of these days, both inclusive, behind the given one. */
    List<Slot> page(
            CompanyTransaction transaction,
            String admissionKey,
            LocalDate from,
            LocalDate until,
            Position after,
            int rowsMax) {
        return jdbc.sql("""
                        select slot_id, admission_key, local_date, local_start, starts_at, ends_at,
                               capacity, taken, closed
                        from ticketing.slots
                        where company_id = :company and admission_key = :admission
                          and local_date between :first and :last
                          and (starts_at, slot_id) > (:startsAt, :slotId)
                        order by starts_at, slot_id
                        limit :rows
                        """)
                .param("company", company(transaction))
                .param("admission", admissionKey)
                .param("first", from)
                .param("last", until)
                .param("startsAt", after.startsAt().atOffset(ZoneOffset.UTC))
                .param("slotId", after.slotId())
                .param("rows", rowsMax)
                .query((row, number) -> slot(row))
                .list();
    }

    /** Admissions that have slots from this day on, known to the setup or not. */
    Set<String> admissionsFrom(CompanyTransaction transaction, LocalDate day) {
        return jdbc.sql("""
                        select distinct admission_key
                        from ticketing.slots
                        where company_id = :company and local_date >= :day
                        """)
                .param("company", company(transaction))
                .param("day", day)
                .query((row, number) -> row.getString("admission_key"))
                .set();
    }

    /** The slots of these days, both inclusive, with where their values come from. Locks nothing. */
    List<KnownSlot> known(CompanyTransaction transaction, String admissionKey, LocalDate from, LocalDate until) {
        return jdbc.sql("""
                        select slot_id, admission_key, local_date, local_start, starts_at, ends_at,
                               capacity, taken, closed, schedule, changed_by_hand
                        from ticketing.slots
                        where company_id = :company and admission_key = :admission
                          and local_date between :first and :last
                        """)
                .param("company", company(transaction))
                .param("admission", admissionKey)
                .param("first", from)
                .param("last", until)
                .query((row, number) -> knownSlot(row))
                .list();
    }

    /** As they are now, and stay until this transaction ends; whoever is gone meanwhile is left out. */
    List<KnownSlot> lock(CompanyTransaction transaction, Collection<UUID> slotIds) {
        return jdbc.sql("""
                        select slot_id, admission_key, local_date, local_start, starts_at, ends_at,
                               capacity, taken, closed, schedule, changed_by_hand
                        from ticketing.slots
                        where company_id = :company and slot_id = any(:ids)
                        order by slot_id
                        for update
                        """)
                .param("company", company(transaction))
                .param("ids", array("uuid", slotIds, Function.identity()))
                .query((row, number) -> knownSlot(row))
                .list();
    }

    /** Adds slots with nothing taken, each with the id at its place; one that is there already, by its start, stays. */
    void add(CompanyTransaction transaction, List<UUID> slotIds, List<PlannedSlot> slots) {
        jdbc.sql("""
                        insert into ticketing.slots (company_id, slot_id, admission_key, local_date, local_start,
                                                     starts_at, ends_at, capacity, schedule)
                        select :company, slot.*
                        from unnest(:ids, :admissions, :dates, :starts, :startsAt, :endsAt, :capacities, :schedules)
                             as slot
                        on conflict (company_id, admission_key, local_date, local_start) do nothing
                        """)
                .param("company", company(transaction))
                .param("ids", array("uuid", slotIds, Function.identity()))
                .param("admissions", array("text", slots, PlannedSlot::admissionKey))
                .param("dates", array("date", slots, PlannedSlot::date))
                .param("starts", array("time", slots, PlannedSlot::start))
                .param("startsAt", array("timestamptz", slots, PlannedSlot::startsAt))
                .param("endsAt", array("timestamptz", slots, PlannedSlot::endsAt))
                .param("capacities", array("integer", slots, PlannedSlot::capacity))
                .param("schedules", array("text", slots, PlannedSlot::schedule))
                .update();
    }

    /** Gives slots that this transaction has locked these values; what is taken is not touched. */
    void change(CompanyTransaction transaction, Collection<KnownSlot> slots) {
        int changed = jdbc.sql("""
                        update ticketing.slots slot
                        set starts_at = new.starts_at, ends_at = new.ends_at, capacity = new.capacity,
                            closed = new.closed, schedule = new.schedule, changed_by_hand = new.changed_by_hand
                        from unnest(:ids, :startsAt, :endsAt, :capacities, :closed, :schedules, :byHand)
                             as new (slot_id, starts_at, ends_at, capacity, closed, schedule, changed_by_hand)
                        where slot.company_id = :company and slot.slot_id = new.slot_id
                        """)
                .param("company", company(transaction))
                .param("ids", array("uuid", slots, KnownSlot::id))
                .param("startsAt", array("timestamptz", slots, known -> known.slot()
                        .startsAt()))
                .param("endsAt", array("timestamptz", slots, known -> known.slot()
                        .endsAt()))
                .param("capacities", array("integer", slots, known -> known.slot()
                        .capacity()))
                .param("closed", array("boolean", slots, known -> known.slot().closed()))
                .param("schedules", array("text", slots, KnownSlot::schedule))
                .param("byHand", array("boolean", slots, KnownSlot::changedByHand))
                .update();
        if (changed != slots.size()) {
            throw new IllegalStateException("Expected to change " + slots.size() + " locked slots, changed " + changed);
        }
    }

    /** Removes those that nobody has or had places of, among slots that this transaction has locked; answers which. */
    Set<UUID> removeUntaken(CompanyTransaction transaction, Collection<UUID> slotIds) {
        return jdbc.sql("""
                        delete from ticketing.slots slot
                        where company_id = :company and slot_id = any(:ids)
                          and not exists (
                              select
                              from ticketing.reservations taker
                              where taker.company_id = slot.company_id and taker.slot_id = slot.slot_id)
                        returning slot_id
                        """)
                .param("company", company(transaction))
                .param("ids", array("uuid", slotIds, Function.identity()))
                .query((row, number) -> row.getObject("slot_id", UUID.class))
                .set();
    }

    private static UUID company(CompanyTransaction transaction) {
        return transaction.company().value();
    }

    /** The slots with these ids, whatever has become of them. Locks nothing. */
    public Map<UUID, Slot> byIds(CompanyTransaction transaction, Collection<UUID> slotIds) {
        if (slotIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        select slot_id, admission_key, local_date, local_start, starts_at, ends_at,
                               capacity, taken, closed
                        from ticketing.slots
                        where company_id = :company and slot_id = any(:ids)
                        """)
                .param("company", transaction.company().value())
                .param("ids", array("uuid", Set.copyOf(slotIds), id -> id))
                .query((row, number) -> slot(row))
                .list()
                .stream()
                .collect(toMap(Slot::slotId, slot -> slot));
    }

    private static <R> SqlArrayValue array(String type, Collection<R> rows, Function<R, ?> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }

    private static KnownSlot knownSlot(ResultSet row) throws SQLException {
        return new KnownSlot(slot(row), row.getString("schedule"), row.getBoolean("changed_by_hand"));
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(
                row.getObject("slot_id", UUID.class),
                row.getString("admission_key"),
                row.getObject("local_date", LocalDate.class),
                row.getObject("local_start", LocalTime.class),
                instant(row, "starts_at"),
                instant(row, "ends_at"),
                row.getInt("capacity"),
                row.getInt("taken"),
                row.getBoolean("closed"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
