-- What a restore does to the change feed. A database that was restored goes on from an earlier position than the one
-- that was lost had reached, and would give the same positions to other changes. So it goes on far ahead instead, and
-- remembers what it left out: positions that only the lost database can have handed out.
create table platform.feed_gaps (
    company_id    uuid        not null,             -- as that of a head
    restored_head bigint      not null check (restored_head >= 0), -- the last position that is of this database
    base          bigint      not null check (base > restored_head), -- it goes on behind this one
    recorded_at   timestamptz not null,
    primary key (company_id, base)
);
grant select on platform.feed_gaps to ${application_role};

-- To be called once after every restore, of whatever kind, as the owner, before a server works on the database. Answers
-- for how many companies.
--
-- The new positions begin at the time of the restore, in millionths of a second: above whatever any other restore of the
-- same backup has handed out since, and exact in a double (2^53) until the year 2255. They never go back, whatever the
-- clock says.
--
-- A change without a position gets one here, whatever its transaction's number: after a logical restore the numbers are
-- of another server, and the sequencer would wait for them for ever.
create function platform.after_restore() returns bigint language plpgsql as $$
declare
    a_second constant bigint := 1000000;
    now_base constant bigint := floor(extract(epoch from platform.now()))::bigint * a_second;
    head record;
    next_base bigint;
    companies bigint := 0;
begin
    insert into platform.feed_heads (company_id)
    select company_id from platform.companies
     union all
    select '00000000-0000-0000-0000-000000000000'
        on conflict do nothing;
    for head in select company_id, last_pos from platform.feed_heads order by company_id for update loop
        next_base := greatest(now_base, (head.last_pos / a_second + 1) * a_second);
        insert into platform.feed_gaps (company_id, restored_head, base, recorded_at)
        values (head.company_id, head.last_pos, next_base, platform.now());
        with stamped as (
            update platform.change_log c set pos = next_base + n.place
              from (select id, row_number() over (order by xid, id) as place
                      from platform.change_log where company_id = head.company_id and pos is null) n
             where c.id = n.id
            returning c.pos)
        update platform.feed_heads set last_pos = coalesce((select max(pos) from stamped), next_base)
         where company_id = head.company_id;
        delete from platform.change_log old
         using platform.change_log young
         where young.company_id = head.company_id and young.pos > next_base
           and old.row_id = young.row_id and old.kind = young.kind and old.pos < young.pos;
        companies := companies + 1;
    end loop;
    return companies;
end $$;
revoke execute on function platform.after_restore() from public;
