-- Who is told of which events, and the telling. A delivery is written in the transaction of its event; it goes out in its
-- lane: the deliveries of one order to one address, one after the other.

create table webhooks.subscriptions (
    company_id       uuid        not null references platform.companies,
    subscription_id  uuid        not null,
    partner_id       uuid,                          -- null: an operator's, told of all partners' orders
    endpoint_id      uuid        not null,          -- made of the address: two subscriptions to one have one
    notification_url text        not null,
    event_name       text        not null,          -- * for all
    event_version    text        not null,
    client_state     text,
    state            text        not null default 'active' check (state in ('active', 'disabled')),
    disabled_reason  text        check (disabled_reason in ('requested', 'gone', 'no_success')),
    failing_since    timestamptz,                   -- the first failure since the last success
    secret           bytea,                         -- encrypted with a key that the database does not know
    old_secret       bytea,                         -- signs beside it until then
    old_secret_until timestamptz,
    created_at       timestamptz not null,
    deleted_at       timestamptz,                   -- removed once its deliveries are
    primary key (company_id, subscription_id),
    check ((state = 'disabled') = (disabled_reason is not null)),
    check ((old_secret is null) = (old_secret_until is null)),
    check ((secret is null) = (deleted_at is not null))
);
create index on webhooks.subscriptions (company_id) where state = 'active' and deleted_at is null;
alter table webhooks.subscriptions enable row level security;
alter table webhooks.subscriptions force row level security;
create policy own_company on webhooks.subscriptions using (company_id = platform.current_company());

-- Twice, because operators list all of the company and a partner's key its own.
create function webhooks.log_subscriptions() returns trigger language plpgsql as $$
begin
    insert into platform.change_log (company_id, kind, row_id, scope_id, deleted)
    select company_id, list.kind, subscription_id, list.scope_id, deleted_at is not null
      from changed
     cross join lateral (values ('webhook', company_id), ('partner_webhook', partner_id)) as list (kind, scope_id)
     where list.scope_id is not null;
    return null;
end $$;
create trigger log_insert after insert on webhooks.subscriptions referencing new table as changed
    for each statement execute function webhooks.log_subscriptions();
create trigger log_update after update on webhooks.subscriptions referencing new table as changed
    for each statement execute function webhooks.log_subscriptions();

create table webhooks.deliveries (
    company_id          uuid        not null,
    delivery_id         uuid        not null,       -- the webhook-id
    subscription_id     uuid        not null,
    endpoint_id         uuid        not null,
    lane_id             uuid        not null,       -- the order; of a ping, the delivery itself
    sequence            integer     not null,       -- of the event in its order; 0 of a ping
    event_id            uuid        not null,
    event_name          text        not null,
    order_id            uuid,
    body                text        not null,       -- as it is signed and sent, every time
    state               text        not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
    attempts            integer     not null default 0, -- recorded since it became pending; see lanes.begun
    last_status         smallint,
    last_error          text,
    last_latency_millis integer,
    next_attempt_at     timestamptz,
    created_at          timestamptz not null,
    pending_since       timestamptz not null,       -- since it was made, or was to be sent again
    settled_at          timestamptz,                -- delivered or dead since
    primary key (company_id, delivery_id),
    unique (company_id, subscription_id, event_id), -- one telling of an event; telling it again is the same one
    foreign key (company_id, subscription_id) references webhooks.subscriptions,
    check ((state = 'pending') = (settled_at is null)),
    check ((state = 'pending') = (next_attempt_at is not null))
) with (fillfactor = 80);
create index on webhooks.deliveries (company_id, endpoint_id, lane_id, sequence, delivery_id) where state = 'pending';
create index on webhooks.deliveries (company_id, subscription_id, created_at, delivery_id);
create index on webhooks.deliveries (company_id, state, settled_at) where state <> 'pending';
alter table webhooks.deliveries enable row level security;
alter table webhooks.deliveries force row level security;
create policy own_company on webhooks.deliveries using (company_id = platform.current_company());

-- The queue: one narrow row for each lane with something pending. Claimed across companies, so free of guest data and
-- without row-level security. A lease is a due_at in the future.
create table webhooks.lanes (
    company_id    uuid        not null,
    endpoint_id   uuid        not null,
    lane_id       uuid        not null,
    partner_id    uuid        not null,             -- whose order, so that partners take turns; nil of a ping
    due_at        timestamptz not null,
    sending       boolean     not null default false,
    lease_token   bigint      not null default 0,   -- new with every claim, never used again
    begun         integer     not null default 0,   -- attempts of its first delivery that are not recorded yet
    grown         boolean     not null default false, -- by a delivery, since it was claimed
    waiting_since timestamptz not null,             -- its oldest delivery
    primary key (company_id, endpoint_id, lane_id)
) with (fillfactor = 70);
create index on webhooks.lanes (company_id, endpoint_id, partner_id, due_at);
create index on webhooks.lanes (company_id, endpoint_id) where sending;
create sequence webhooks.lease_tokens;

-- Addresses that fail get fewer attempts at once, and none while they asked us to wait. Read by claims, as the lanes.
create table webhooks.failing_endpoints (
    company_id   uuid        not null,
    endpoint_id  uuid        not null,
    failures     integer     not null,              -- since the last success
    paused_until timestamptz,
    failed_at    timestamptz not null,
    primary key (company_id, endpoint_id)
);

-- Events to be told again. Read across companies, as the lanes.
create table webhooks.replays (
    company_id      uuid        not null,
    subscription_id uuid        not null,           -- one at a time for each
    replay_id       uuid        not null,
    from_at         timestamptz not null,           -- moves on with the work
    from_event_id   uuid        not null,
    until_at        timestamptz not null,
    primary key (company_id, subscription_id),
    foreign key (company_id, subscription_id) references webhooks.subscriptions
);

-- When each company is looked through next for rows that nobody needs any more. Read across companies, as the lanes.
create table webhooks.upkeeps (
    company_id         uuid        primary key,
    due_at             timestamptz not null,
    disabled_by_server integer     not null default 0 -- of its subscriptions, when it was looked through
);

grant select, insert, update, delete on all tables in schema webhooks to ${application_role};
grant usage on all sequences in schema webhooks to ${application_role};
