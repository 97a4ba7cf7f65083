-- What the harness adds to its own database: a diary of what becomes of each order, written by the database itself, and
-- leases and a patience so short that a node that stands still for a moment loses them. The product knows nothing of it.

create schema faults;
grant usage on schema faults to public;

create table faults.order_diary (
    id             bigint      generated always as identity primary key,
    company_id     uuid        not null,
    order_id       uuid        not null,
    reference      text        not null,
    was            text,                            -- null: it was made
    became         text,                            -- null: the row was removed
    generation     integer     not null,
    event_sequence integer     not null,
    hold_ended     boolean     not null,
    at             timestamptz not null default clock_timestamp()
);
create index on faults.order_diary (order_id, id);

create function faults.keep_diary() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'INSERT' then
        insert into faults.order_diary (company_id, order_id, reference, was, became, generation, event_sequence, hold_ended)
        values (new.company_id, new.order_id, new.reference, null, new.status, new.generation, new.event_sequence, false);
    elsif tg_op = 'UPDATE' then
        insert into faults.order_diary (company_id, order_id, reference, was, became, generation, event_sequence, hold_ended)
        values (new.company_id, new.order_id, new.reference, old.status, new.status, new.generation, new.event_sequence,
                old.hold_expires_at is not null and new.hold_expires_at is null);
    else
        insert into faults.order_diary (company_id, order_id, reference, was, became, generation, event_sequence, hold_ended)
        values (old.company_id, old.order_id, old.reference, old.status, null, old.generation, old.event_sequence, false);
    end if;
    return null;
end $$;
create trigger keep_diary after insert or update or delete on orders.orders
    for each row execute function faults.keep_diary();

-- Oversold for a moment is oversold: at the end, holds that ran out may hide it.
create table faults.oversold (
    slot_id  uuid        not null,
    capacity integer     not null,
    taken    integer     not null,
    at       timestamptz not null default clock_timestamp()
);
create function faults.keep_oversold() returns trigger language plpgsql security definer as $$
begin
    insert into faults.oversold (slot_id, capacity, taken) values (new.slot_id, new.capacity, new.taken);
    return null;
end $$;
create trigger keep_oversold after update on ticketing.slots
    for each row when (new.taken > new.capacity) execute function faults.keep_oversold();

-- A lease is a due_at in the future: at most 5 s here, where the product asks for 30. Pauses before another try: 8 s.
create function faults.shorten_lease() returns trigger language plpgsql as $$
begin
    new.due_at := least(new.due_at, platform.now()
                        + case when new.state = 'waiting' then interval '8 seconds' else interval '5 seconds' end);
    return new;
end $$;
create trigger shorten_lease before insert or update on orders.issuance_jobs
    for each row execute function faults.shorten_lease();

-- A node that stands still in a transaction loses its locks when half a lease is over, as in production (15 of 30 s):
-- else nobody could take its orders over when their leases end. Leases have a sixth of their length, and so has this.
create function faults.lose_patience() returns event_trigger language plpgsql as $$
begin
    perform set_config(name, (cast(setting as integer) / 6) || unit, false)
       from pg_settings where name = 'idle_in_transaction_session_timeout' and setting <> '0';
end $$;
create event trigger lose_patience on login execute function faults.lose_patience();

-- How long after the end of a lease somebody else has the job. An hour and more: the deciding time was moved.
create table faults.take_overs (
    order_id uuid     not null,
    late     interval not null
);
create function faults.keep_take_over() returns trigger language plpgsql security definer as $$
begin
    insert into faults.take_overs (order_id, late) values (new.order_id, platform.now() - old.due_at);
    return null;
end $$;
create trigger keep_take_over after update on orders.issuance_jobs
    for each row when (old.state <> 'waiting' and new.lease_token > old.lease_token)
    execute function faults.keep_take_over();

-- Webhooks: a thousandth of the schedule, from half a second to eight; a lease that a delivery of 15 s fits into.
create function faults.hurry(due timestamptz) returns timestamptz language sql as $$
    select case when due is null or due <= platform.now() then due
                else platform.now() + least(interval '8 seconds',
                                            greatest(interval '0.5 seconds', (due - platform.now()) / 1000))
           end $$;
create function faults.hurry_delivery() returns trigger language plpgsql as $$
begin
    new.next_attempt_at := faults.hurry(new.next_attempt_at);
    return new;
end $$;
create trigger hurry before update on webhooks.deliveries
    for each row when (new.next_attempt_at is distinct from old.next_attempt_at)
    execute function faults.hurry_delivery();
create function faults.hurry_lane() returns trigger language plpgsql as $$
begin
    new.due_at := case when new.sending then least(new.due_at, platform.now() + interval '20 seconds')
                       else faults.hurry(new.due_at) end;
    return new;
end $$;
create trigger hurry before update on webhooks.lanes
    for each row when (new.due_at is distinct from old.due_at) execute function faults.hurry_lane();
create function faults.hurry_endpoint() returns trigger language plpgsql as $$
begin
    if new.paused_until is not null then
        new.paused_until := least(new.paused_until, platform.now() + interval '1 second');
    end if;
    return new;
end $$;
create trigger hurry before insert or update on webhooks.failing_endpoints
    for each row execute function faults.hurry_endpoint();

-- What the clients know, loaded at the end.
create table faults.stories (
    company    text      not null,
    reference  text      not null,
    order_id   uuid,                                -- null: no answer named one
    allowed    text[]    not null,                  -- states; Deleted: no row
    accepted   integer[] not null                   -- variants of the body
);
create table faults.bodies (
    company   text    not null,
    reference text    not null,
    variant   integer not null,
    paid      boolean not null,
    scarce    boolean not null,                     -- asks for a slot that may be sold out
    tickets   integer not null,
    wallets   integer not null,
    coupons   integer not null
);
create table faults.demands (
    company     text    not null,
    reference   text    not null,
    variant     integer not null,
    admission   text    not null,
    local_date  date    not null,
    local_start time    not null,
    quantity    integer not null
);
create table faults.copies (
    reader   integer not null,
    partner  uuid    not null,
    order_id uuid    not null,
    status   text    not null
);
create table faults.receipts (
    endpoint    uuid    not null,
    delivery    text    not null,
    event_id    uuid    not null,
    order_id    uuid,
    sequence    integer,
    body_sha256 text    not null,
    signed      boolean not null,
    answered    integer not null,
    at_nanos    bigint  not null
);
create table faults.endpoints (
    endpoint uuid    not null,
    company  text    not null,
    partner  uuid    not null,
    live     boolean not null                       -- answers 2xx sooner or later
);

-- The stored order with the variant of the body that the server took.
create view faults.orders as
select o.*, c.name as company,
       cast(nullif(regexp_replace(o.sell_to_name, '\D', '', 'g'), '') as integer) as variant
  from orders.orders o join platform.companies c using (company_id);

create view faults.expected as
select o.company_id, o.order_id, o.status, o.generation, o.hold_expires_at, b.*
  from faults.orders o
  join faults.bodies b on b.company = o.company and b.reference = o.reference and b.variant = o.variant;

-- Sessions that began before the trigger was there begin again.
select pg_terminate_backend(pid) from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid();
