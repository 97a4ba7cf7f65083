package dev.drawbridge.ticketing;

import static java.util.stream.Collectors.groupingBy;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The slots of a company's admissions. Taking and giving back places is the part of reservations. */
@Component
public class SlotStore {

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
                .param("company", transaction.company().value())
                .param("admissions", array("text", distinct, AdmissionDay::admissionKey))
                .param("dates", array("date", distinct, AdmissionDay::date))
                .query((row, number) -> slot(row))
                .list()
                .stream()
                .collect(groupingBy(slot -> new AdmissionDay(slot.admissionKey(), slot.date())));
    }

    private static <R> SqlArrayValue array(String type, Collection<R> rows, Function<R, Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
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
