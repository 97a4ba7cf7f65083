package dev.drawbridge.invariants;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of where the checks stand. */
@Component
class InvariantStore {

    /** One check of one company, as a walk over its rows. */
    record Walk(CompanyId company, String name, UUID after, int found, int foundBefore) {}

    /**
     * Over all companies.
     *
     * @param violations in the last walks, or in those under way where it is more already
     * @param oldestAnswerSeconds of the company that has waited longest
     */
    record Standing(String name, long violations, double oldestAnswerSeconds) {}

    private final JdbcClient jdbc;

    InvariantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives companies the checks that they do not have yet; those of one do not all begin at once. */
    void add(Collection<CompanyId> companies, Collection<String> names, Duration every) {
        jdbc.sql("""
                        insert into invariants.checks (company_id, name, due_at, answered_at)
                        select a.company, n.name, platform.now() + random() * :everyMillis * interval '1 millisecond',
                               platform.now()
                          from unnest(:companies::uuid[]) as a (company)
                         cross join unnest(:names::text[]) as n (name)
                         where not exists (select from invariants.checks c
                                            where c.company_id = a.company and c.name = n.name)
                            on conflict do nothing
                        """)
                .param("companies", companies.stream().map(CompanyId::value).toArray(UUID[]::new))
                .param("names", names.toArray(String[]::new))
                .param("everyMillis", every.toMillis())
                .update();
    }

    /** The check that is due for longest; nobody else gets it until the next time. */
    Optional<Walk> claimDue(Collection<String> names, Duration every) {
        return jdbc.sql("""
                        with due as (select company_id, name from invariants.checks
                                      where due_at <= platform.now() and name = any(:names::text[])
                                      order by due_at limit 1
                                        for no key update skip locked)
                        update invariants.checks c
                           set due_at = platform.now() + :everyMillis * interval '1 millisecond'
                          from due
                         where c.company_id = due.company_id and c.name = due.name
                        returning c.company_id, c.name, c.walked_to, c.found, c.found_before
                        """)
                .param("names", names.toArray(String[]::new))
                .param("everyMillis", every.toMillis())
                .query((row, number) -> walk(row))
                .optional();
    }

    /** No question may take longer: it is asked again, and whoever waits for an answer is told by its age. */
    void limit(Duration statement) {
        jdbc.sql("select set_config('statement_timeout', :millis, true)")
                .param("millis", Long.toString(statement.toMillis()))
                .query(String.class)
                .single();
    }

    void answered(CompanyTransaction transaction, Walk walk) {
        jdbc.sql("""
                        update invariants.checks
                           set walked_to = :after, found = :found, found_before = :foundBefore,
                               answered_at = :now::timestamptz
                         where company_id = :company and name = :name
                        """)
                .param("company", walk.company().value())
                .param("name", walk.name())
                .param("after", walk.after())
                .param("found", walk.found())
                .param("foundBefore", walk.foundBefore())
                .param("now", transaction.now().toString())
                .update();
    }

    List<Standing> standings(Collection<String> names) {
        return jdbc.sql("""
                        select name, sum(greatest(found, found_before)) as violations,
                               extract(epoch from platform.now() - min(answered_at)) as oldest_answer_seconds
                          from invariants.checks
                         where name = any(:names::text[])
                         group by name
                        """)
                .param("names", names.toArray(String[]::new))
                .query((row, number) -> new Standing(
                        row.getString("name"), row.getLong("violations"), row.getDouble("oldest_answer_seconds")))
                .list();
    }

    private static Walk walk(ResultSet row) throws SQLException {
        return new Walk(
                new CompanyId(row.getObject("company_id", UUID.class)),
                row.getString("name"),
                row.getObject("walked_to", UUID.class),
                row.getInt("found"),
                row.getInt("found_before"));
    }
}
