package dev.drawbridge.ticketing;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the planning of each company's slots has come. */
@Component
class SlotPlanStore {

    private final JdbcClient jdbc;

    SlotPlanStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that the slots are being planned for the setup of this transaction, unless they are for a newer one. */
    void begin(CompanyTransaction transaction) {
        jdbc.sql("""
                        insert into ticketing.slot_plans as plan (company_id, begun_version)
                        values (:company, :version)
                        on conflict (company_id) do update set begun_version = excluded.begun_version
                        where plan.begun_version < excluded.begun_version
                        """)
                .param("company", transaction.company().value())
                .param("version", transaction.setupVersion())
                .update();
    }

    /** Whether no planning for a newer setup has begun; none can until this transaction ends. */
    boolean lockIfNewest(CompanyTransaction transaction, long setupVersion) {
        return jdbc.sql("""
                        select begun_version = :version
                        from ticketing.slot_plans
                        where company_id = :company
                        for update
                        """)
                .param("company", transaction.company().value())
                .param("version", setupVersion)
                .query(Boolean.class)
                .single();
    }

    void finish(CompanyTransaction transaction, long setupVersion, LocalDate day) {
        jdbc.sql("""
                        update ticketing.slot_plans
                        set done_version = :version, done_day = :day
                        where company_id = :company and begun_version = :version
                        """)
                .param("company", transaction.company().value())
                .param("version", setupVersion)
                .param("day", day)
                .update();
    }

    /** Whether a planning for the setup of this transaction was finished on that day. */
    boolean isDone(CompanyTransaction transaction, LocalDate day) {
        return jdbc.sql("""
                        select exists (
                            select
                            from ticketing.slot_plans
                            where company_id = :company and done_version = :version and done_day = :day)
                        """)
                .param("company", transaction.company().value())
                .param("version", transaction.setupVersion())
                .param("day", day)
                .query(Boolean.class)
                .single();
    }
}
