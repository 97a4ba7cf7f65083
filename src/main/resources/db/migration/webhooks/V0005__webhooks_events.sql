-- What partners are told. An event is written in the transaction that caused it.

create schema webhooks;

create table webhooks.events (
    company_id  uuid        not null references platform.companies,
    event_id    uuid        not null,
    order_id    uuid        not null,
    partner_id  uuid        not null,               -- whose order
    sequence    integer     not null check (sequence > 0), -- 1, 2, 3, ... per order, over all its events
    name        text        not null,
    payload     json        not null,               -- ids and states, no guest data
    occurred_at timestamptz not null,
    traceparent text        not null check (length(traceparent) = 55), -- W3C: the trace of the request that caused it
    primary key (company_id, event_id),
    unique (company_id, order_id, sequence)
);
create index on webhooks.events (company_id, occurred_at, event_id);
alter table webhooks.events enable row level security;
alter table webhooks.events force row level security;
create policy own_company on webhooks.events using (company_id = platform.current_company());

grant usage on schema webhooks to ${application_role};
grant select, insert, update, delete on all tables in schema webhooks to ${application_role};
