-- The channel manager itself. orders says what an order is; issuance_jobs is the queue and says what happens to it now.

create schema orders;

create table orders.orders (
    company_id        uuid        not null references platform.companies,
    order_id          uuid        not null,
    partner_id        uuid        not null,
    reference         text        not null,         -- sellToOrderReference, as sent
    reference_key     text        not null,
    document_number   text        not null,         -- buyFromOrderReference
    status            text        not null check (status in ('Submitted', 'Draft', 'Issued', 'Cancelled', 'Error')),
    status_code       text        not null default '',
    status_message    text        not null default '',
    sell_to_email     text        not null default '',
    sell_to_name      text        not null default '',
    sell_to_language  text        not null default '',
    payment_reference text        not null default '',
    content           json        not null,         -- the lines as validated; the one place where they live
    generation        integer     not null default 1, -- grows with each replace and each re-issue
    event_sequence    integer     not null default 0, -- of the last event
    job_id            text        not null default '',
    manifest_id       uuid,                         -- from the first issuance on; random
    hold_expires_at   timestamptz,                  -- of a Draft that holds capacity, and of no other
    received_at       timestamptz not null,         -- whole milliseconds, as lists compare it
    settled_at        timestamptz,
    primary key (company_id, order_id),
    unique (company_id, partner_id, reference_key),
    unique (company_id, document_number),
    check ((status = 'Error') = (status_code <> '')),
    check (hold_expires_at is null or status = 'Draft')
);
create index on orders.orders (company_id, partner_id, received_at, order_id);

-- External reference numbers, reserved from submission until the order is cancelled, deleted or replaced.
create table orders.external_references (
    company_id    uuid    not null,
    reference_key text    not null,
    order_id      uuid    not null,
    primary key (company_id, reference_key),
    foreign key (company_id, order_id) references orders.orders on delete cascade
);
create index on orders.external_references (company_id, order_id);

-- One narrow row per order that waits or is being issued: the queue. Claimed across companies, so free of guest data
-- and without row-level security. A lease is a due_at in the future: whoever is due may be claimed, again or first.
create table orders.issuance_jobs (
    company_id  uuid        not null,
    order_id    uuid        not null,
    partner_id  uuid        not null,
    generation  integer     not null,
    state       text        not null check (state in ('waiting', 'scheduled', 'processing')),
    due_at      timestamptz not null,
    attempts    integer     not null default 0,     -- tries begun; counted before the work, so one that kills its node counts
    lease_token bigint      not null default 0,     -- grows with every claim; the settling transaction asks for it
    job_id      text        not null,
    assets      integer     not null check (assets >= 0), -- tickets and coupons to issue: what a batch is measured by
    traceparent text        not null check (length(traceparent) = 55), -- W3C: the trace of the request that asked for it
    primary key (company_id, order_id),
    foreign key (company_id, order_id) references orders.orders on delete cascade
) with (fillfactor = 70);
create index on orders.issuance_jobs (company_id, partner_id, due_at, order_id);

-- When the hold of a Draft ends; read across companies, as the jobs.
create table orders.hold_expiries (
    company_id uuid        not null,
    order_id   uuid        not null,
    due_at     timestamptz not null,
    primary key (company_id, order_id),
    foreign key (company_id, order_id) references orders.orders on delete cascade
);
create index on orders.hold_expiries (due_at);

-- The status that the outside sees: what the order is, or what its job is doing.
create view orders.order_status with (security_invoker = true) as
select o.company_id, o.order_id,
       case when o.status <> 'Submitted' or j.state is null then o.status
            when j.state = 'processing' then 'Processing'
            when j.state = 'scheduled' or j.lease_token > 0 then 'Scheduled'
            else 'Submitted'
       end as status,
       case when o.job_id = '' and j.lease_token > 0 then j.job_id else o.job_id end as job_id
  from orders.orders o
  left join orders.issuance_jobs j on j.company_id = o.company_id and j.order_id = o.order_id;

-- Every change of an order that a consumer must see goes to the change feed, whoever makes it.
-- One statement for all of a batch; a trigger with transition tables can have only one event.
create function orders.log_change() returns trigger language plpgsql as $$
begin
    insert into platform.change_log (company_id, kind, row_id, scope_id, deleted)
    select company_id, 'order', order_id, partner_id, tg_op = 'DELETE' from changed;
    return null;
end $$;
create trigger log_insert after insert on orders.orders referencing new table as changed
    for each statement execute function orders.log_change();
create trigger log_update after update on orders.orders referencing new table as changed
    for each statement execute function orders.log_change();
create trigger log_delete after delete on orders.orders referencing old table as changed
    for each statement execute function orders.log_change();

alter table orders.orders enable row level security;
alter table orders.orders force row level security;
create policy own_company on orders.orders using (company_id = platform.current_company());
alter table orders.external_references enable row level security;
alter table orders.external_references force row level security;
create policy own_company on orders.external_references using (company_id = platform.current_company());

grant usage on schema orders to ${application_role};
grant select, insert, update, delete on all tables in schema orders to ${application_role};
grant select on orders.order_status to ${application_role};
