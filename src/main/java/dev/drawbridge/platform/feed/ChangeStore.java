package dev.drawbridge.platform.feed;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL of the change log and its sequencer. */
@Component
class ChangeStore {

    private final JdbcClient jdbc;

    ChangeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Changes without a position, of all companies.
     *
     * @param oldest the lowest id among them, 0 where there are none
     */
    record Backlog(long rows, long oldest) {}

    boolean hasUnstamped(CompanyId company) {
        return jdbc.sql("""
                        select exists (select from platform.change_log where company_id = :company and pos is null)
                        """)
                .param("company", company.value())
                .query(Boolean.class)
                .single();
    }

    /** Locks the company's head: only one transaction hands out positions. Makes the head at first use. */
    long lockHead(CompanyId company) {
        makeHead(company);
        return jdbc.sql("select last_pos from platform.feed_heads where company_id = :company for update")
                .param("company", company.value())
                .query(Long.class)
                .single();
    }

    /** As {@link #lockHead}; empty where another transaction has it. */
    Optional<Long> tryLockHead(CompanyId company) {
        makeHead(company);
        return jdbc.sql("select last_pos from platform.feed_heads where company_id = :company for update skip locked")
                .param("company", company.value())
                .query(Long.class)
                .optional();
    }

    private void makeHead(CompanyId company) {
        jdbc.sql("""
                        insert into platform.feed_heads (company_id) values (:company) on conflict do nothing
                        """).param("company", company.value()).update();
    }

    /**
     * Gives the next positions, in commit-safe order, to changes that no open transaction can precede any more, and
     * moves the head. A statement of its own after the head is locked, so that its snapshot is younger than the lock.
     *
     * @return the rows whose changes got a position, one as often as it changed
     */
    List<UUID> stamp(CompanyId company, long head, int max) {
        return jdbc.sql("""
                        with numbered as (
                            select id, row_number() over (order by xid, id) as place
                              from (select id, xid from platform.change_log
                                     where company_id = :company and pos is null
                                       and xid < pg_snapshot_xmin(pg_current_snapshot())
                                     order by xid, id limit :max) as next),
                        stamped as (
                            update platform.change_log c set pos = :head + n.place
                              from numbered n where c.id = n.id
                            returning c.pos, c.row_id),
                        moved as (
                            update platform.feed_heads set last_pos = (select max(pos) from stamped)
                             where company_id = :company and exists (select from stamped))
                        select row_id from stamped
                        """)
                .param("company", company.value())
                .param("head", head)
                .param("max", max)
                .query((row, number) -> row.getObject("row_id", UUID.class))
                .list();
    }

    /**
     * Only the last change of a row is ever read; the ones before it go once it has its position. A row id is never
     * used by two companies, so the ids alone are enough to find them. They are given one by one, for the planner would
     * take the changes after a position for a third of all, and read all.
     */
    void deleteSuperseded(Collection<UUID> changed) {
        jdbc.sql("""
                        delete from platform.change_log old
                         using platform.change_log young
                         where old.row_id = any(:changed::uuid[]) and young.row_id = old.row_id
                           and young.kind = old.kind and young.pos > old.pos
                        """).param("changed", changed.toArray(UUID[]::new)).update();
    }

    List<CompanyId> companiesWithUnstamped() {
        return jdbc.sql("""
                        with recursive companies as (
                            (select company_id from platform.change_log where pos is null order by company_id limit 1)
                            union all
                            select (select c.company_id from platform.change_log c
                                     where c.pos is null and c.company_id > companies.company_id
                                     order by c.company_id limit 1)
                              from companies where companies.company_id is not null)
                        select company_id from companies where company_id is not null
                        """)
                .query((row, number) -> new CompanyId(row.getObject("company_id", UUID.class)))
                .list();
    }

    Backlog backlog() {
        return jdbc.sql("""
                        select count(*) as rows, coalesce(min(id), 0) as oldest
                          from platform.change_log where pos is null
                        """)
                .query((row, number) -> new Backlog(row.getLong("rows"), row.getLong("oldest")))
                .single();
    }

    long head(CompanyTransaction transaction) {
        return jdbc.sql("select coalesce(max(last_pos), 0) from platform.feed_heads where company_id = :company")
                .param("company", transaction.company().value())
                .query(Long.class)
                .single();
    }

    /** Whether the position is of this database: not above its head, and not of one that a restore has replaced. */
    boolean honours(CompanyTransaction transaction, long position) {
        return jdbc.sql("""
                        select :position <= (select coalesce(max(last_pos), 0) from platform.feed_heads
                                              where company_id = :company)
                           and not exists (select from platform.feed_gaps
                                            where company_id = :company
                                              and restored_head < :position and :position <= base)
                        """)
                .param("company", transaction.company().value())
                .param("position", position)
                .query(Boolean.class)
                .single();
    }

    List<Change> after(CompanyTransaction transaction, FeedList list, long after, int max) {
        return jdbc.sql("""
                        select row_id, pos, deleted from platform.change_log
                         where company_id = :company and kind = :kind and scope_id = :scope and pos > :after
                         order by pos limit :max
                        """)
                .param("company", transaction.company().value())
                .param("kind", list.kind().word())
                .param("scope", list.scope())
                .param("after", after)
                .param("max", max)
                .query((row, number) ->
                        new Change(row.getObject("row_id", UUID.class), row.getLong("pos"), row.getBoolean("deleted")))
                .list();
    }
}
