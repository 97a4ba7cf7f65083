-- Where the checks of each company stand, so that nodes take turns and all of them show the same. Claimed across
-- companies, so ids and counts only and without row-level security.

create schema invariants;

create table invariants.checks (
    company_id   uuid        not null references platform.companies,
    name         text        not null,
    due_at       timestamptz not null,              -- moved on by the claim: a node that dies leaves it for the next time
    answered_at  timestamptz not null,              -- when a part was last looked at to the end
    walked_to    uuid        not null default '00000000-0000-0000-0000-000000000000', -- the next part begins behind it
    found        integer     not null default 0,    -- violations in this walk so far
    found_before integer     not null default 0,    -- in the whole walk before it
    primary key (company_id, name)
);
create index on invariants.checks (due_at);

grant usage on schema invariants to ${application_role};
grant select, insert, update, delete on all tables in schema invariants to ${application_role};
