-- How far the planning of each company's slots has come: which setup its slots are in line with, and for which day.
-- The row is also what planners of one company wait for, so that one for an older setup cannot undo a newer one.
create table ticketing.slot_plans (
    company_id    uuid   primary key references platform.companies,
    begun_version bigint not null,                  -- the newest setup that a planning has begun for
    done_version  bigint,                           -- the setup that the last finished planning was for
    done_day      date                              -- and the day that it was made on, on the company's clock
);
alter table ticketing.slot_plans enable row level security;
alter table ticketing.slot_plans force row level security;
create policy own_company on ticketing.slot_plans using (company_id = platform.current_company());

grant select, insert, update, delete on ticketing.slot_plans to ${application_role};
