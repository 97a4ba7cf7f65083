-- Slots with their capacity, who has taken how many places, and the tickets.

create schema ticketing;

create table ticketing.slots (
    company_id     uuid        not null references platform.companies,
    slot_id        uuid        not null,
    admission_key  text        not null,            -- comparison key of the admission's code
    local_date     date        not null,
    local_start    time        not null,            -- with the date: the slot's identity; a time that exists
    starts_at      timestamptz not null,
    ends_at        timestamptz not null check (ends_at > starts_at),
    capacity       integer     not null check (capacity >= 0),
    taken          integer     not null default 0 check (taken >= 0), -- at most the capacity, which is not lowered below it
    closed         boolean     not null default false,
    schedule       text        not null,            -- the schedule row that made it, as written: a change of it resets the slot
    changed_by_hand boolean    not null default false,
    primary key (company_id, slot_id),
    unique (company_id, admission_key, local_date, local_start)
) with (fillfactor = 70);

-- The change feed of the lists of slots, one of each admission.
create function ticketing.log_slots() returns trigger language plpgsql as $$
begin
    insert into platform.change_log (company_id, kind, row_id, scope_id, deleted)
    select company_id, 'slot', slot_id, md5(admission_key)::uuid, tg_op = 'DELETE' from changed;
    return null;
end $$;
create trigger log_insert after insert on ticketing.slots referencing new table as changed
    for each statement execute function ticketing.log_slots();
create trigger log_update after update on ticketing.slots referencing new table as changed
    for each statement execute function ticketing.log_slots();
create trigger log_delete after delete on ticketing.slots referencing old table as changed
    for each statement execute function ticketing.log_slots();

-- Who has taken how many places of a slot. taken = the sum over held and sold, always.
create table ticketing.reservations (
    company_id uuid    not null,
    order_id   uuid    not null,
    generation integer not null,
    slot_id    uuid    not null,
    quantity   integer not null check (quantity > 0),
    state      text    not null check (state in ('held', 'sold', 'released')),
    primary key (company_id, order_id, generation, slot_id),
    foreign key (company_id, slot_id) references ticketing.slots
);
create index on ticketing.reservations (company_id, slot_id);

create table ticketing.tickets (
    company_id     uuid        not null references platform.companies,
    ticket_id      uuid        not null,
    order_id       uuid        not null,
    generation     integer     not null,
    line_no        integer     not null,
    seq_no         integer     not null,            -- the wallet within the line
    component_no   integer     not null,            -- the asset within the wallet
    number         text        not null,
    number_key     text        not null,
    ticket_type_key text       not null,
    item_key       text        not null,
    quantity       integer     not null check (quantity > 0), -- guests that it lets in: above 1 for groups only
    admitted       integer     not null default 0 check (admitted >= 0), -- guests let in, of the admission with most
    paid           boolean     not null,
    voided_at      timestamptz,                     -- cancelled, replaced: refused at the gate, kept on record
    visit_date     date        not null,
    visit_time     time        not null,
    valid_from     timestamptz not null,
    valid_until    timestamptz not null,
    slot_ids       uuid[]      not null,            -- every slot bound, in the order of the type's admissions
    primary key (company_id, ticket_id),
    unique (company_id, number_key),
    -- the second net: an order cannot be issued twice, even if a fence failed
    unique (company_id, order_id, generation, line_no, seq_no, component_no)
);

alter table ticketing.slots enable row level security;
alter table ticketing.slots force row level security;
create policy own_company on ticketing.slots using (company_id = platform.current_company());
alter table ticketing.reservations enable row level security;
alter table ticketing.reservations force row level security;
create policy own_company on ticketing.reservations using (company_id = platform.current_company());
alter table ticketing.tickets enable row level security;
alter table ticketing.tickets force row level security;
create policy own_company on ticketing.tickets using (company_id = platform.current_company());

grant usage on schema ticketing to ${application_role};
grant select, insert, update, delete on all tables in schema ticketing to ${application_role};
