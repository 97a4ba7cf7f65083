-- What every module stands on. Two roles: the owner runs these migrations, the application owns nothing and is bound
-- by row-level security. The application opens one company's rows in the first statement of each transaction.

create schema platform;

-- The time that decides leases, holds and deadlines: the database's, so that nodes' clocks decide nothing.
create function platform.now() returns timestamptz language sql stable as $$ select clock_timestamp() $$;

-- The number of the last migration, for nodes that ask whether the database is what they need.
create function platform.schema_version() returns integer language sql stable
    as $$ select max(version::integer) from migrations.flyway_schema_history where success $$;

-- The company whose rows this transaction may touch; null, so no row, where none was set.
create function platform.current_company() returns uuid language sql stable
    as $$ select nullif(current_setting('drawbridge.company_id', true), '')::uuid $$;

-- Directory: read before a company is known, so free of guest data and without row-level security.
create table platform.companies (
    company_id      uuid        primary key,
    tenant_id       uuid        not null,
    environment     text        not null,
    environment_key text        not null,
    name            text        not null,
    name_key        text        not null,
    display_name    text        not null,
    settings        json        not null,           -- the company block of the setup, as written
    setup_version   bigint      not null default 0, -- grows with every change of the setup; keys the snapshots in memory
    created_at      timestamptz not null,
    unique (tenant_id, environment_key, name_key)
);

-- Directory, as companies.
create table platform.api_keys (
    id           uuid        primary key,
    company_id   uuid        not null references platform.companies,
    key_id       text        not null unique,       -- the public part of the key, what it is looked up by
    secret_hash  bytea       not null,              -- HMAC-SHA-256 of the secret; the secret itself is never stored
    name         text        not null,
    partner_id   uuid,                              -- null: an operator's key
    permissions  text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index on platform.api_keys (company_id, created_at, id);

-- One row per entry of a setup's lists, as written (json keeps the order of its properties).
create table platform.definitions (
    company_id uuid    not null references platform.companies,
    kind       text    not null check (kind in ('partner', 'admission', 'ticket_type', 'coupon_type', 'item', 'design')),
    key        text    not null,                    -- comparison key of the entry's id, code or number
    position   integer not null,
    content    json    not null,
    kept       boolean not null default false,      -- left out and needed by what never goes: not asked about again
    primary key (company_id, kind, key)
);
alter table platform.definitions enable row level security;
alter table platform.definitions force row level security;
create policy own_company on platform.definitions using (company_id = platform.current_company());

-- The next value of each number series; nodes take blocks, so gaps are normal.
create table platform.number_series (
    company_id uuid   not null references platform.companies,
    series     text   not null,                     -- for example 'partner:<id>', 'ticket_type:<key>', 'wallet'
    next_value bigint not null check (next_value >= 0),
    primary key (company_id, series)
);
alter table platform.number_series enable row level security;
alter table platform.number_series force row level security;
create policy own_company on platform.number_series using (company_id = platform.current_company());

-- Answers kept for repeated requests (Idempotency-Key), 24 hours. An answer may show guest data.
create table platform.idempotent_requests (
    company_id      uuid        not null,           -- the nil UUID for requests that belong to no company yet
    api_key_id      uuid        not null,
    idempotency_key text        not null,
    request_hash    bytea       not null,           -- SHA-256 of method, path, query, version and body bytes
    order_id        uuid,                           -- the order that the first request accepted
    status          smallint,                       -- null: accepted, its final answer is still to come
    headers         json        not null default '{}',
    body            bytea,
    running_until   timestamptz,                    -- without a status: until then the first request may still be at work
    created_at      timestamptz not null,
    primary key (company_id, api_key_id, idempotency_key)
);
create index on platform.idempotent_requests (created_at);
alter table platform.idempotent_requests enable row level security;
alter table platform.idempotent_requests force row level security;
create policy own_company on platform.idempotent_requests using (company_id = platform.current_company());

-- Who did what; ids only, no guest data. The application may add rows and nothing else.
create table platform.audit_log (
    id          uuid        primary key,
    company_id  uuid        not null,
    happened_at timestamptz not null,
    api_key_id  uuid        not null,
    action      text        not null,
    object      text        not null,
    details     jsonb       not null default '{}'
);
create index on platform.audit_log (company_id, happened_at);
alter table platform.audit_log enable row level security;
alter table platform.audit_log force row level security;
create policy own_company on platform.audit_log using (company_id = platform.current_company());

-- The change feed. A change appends a row in its own transaction; the sequencer gives it a position once no older
-- transaction is open any more, so positions appear in an order that no reader can miss a row of. Ids only.
create table platform.change_log (
    id         bigint  generated always as identity primary key,
    xid        xid8    not null default pg_current_xact_id(),
    company_id uuid    not null,
    kind       text    not null check (kind in ('order', 'slot', 'api_key', 'webhook', 'partner_webhook',
                                                'company', 'own_company')),
    row_id     uuid    not null,
    scope_id   uuid    not null,                    -- what a list is a list of: of orders, the partner
    deleted    boolean not null default false,
    pos        bigint
);
create index change_log_unstamped on platform.change_log (company_id, xid, id) where pos is null;
create unique index change_log_positions on platform.change_log (company_id, pos) where pos is not null;
-- Without the company: the planner takes one that it has not counted yet for empty, and would pair all its rows.
create index change_log_rows on platform.change_log (row_id, kind) where pos is not null;
create index change_log_scopes on platform.change_log (company_id, kind, scope_id, pos) where pos is not null;

create table platform.feed_heads (
    company_id uuid   primary key,                  -- the nil UUID for the directory, whose rows belong to no company
    last_pos   bigint not null default 0
);

-- The last backup of each kind, noted by the command that took it, for the metric of its age.
create table platform.backups (
    kind     text        primary key check (kind in ('files', 'rows')),
    taken_at timestamptz not null                   -- the moment that it brings back
);

-- Whatever of these is shown in a list goes to the change feed; a key that is revoked is in none any more.
create function platform.log_api_keys() returns trigger language plpgsql as $$
begin
    insert into platform.change_log (company_id, kind, row_id, scope_id, deleted)
    select company_id, 'api_key', id, company_id, revoked_at is not null from changed;
    return null;
end $$;
create trigger log_insert after insert on platform.api_keys referencing new table as changed
    for each statement execute function platform.log_api_keys();
create trigger log_update after update on platform.api_keys referencing new table as changed
    for each statement execute function platform.log_api_keys();

-- Twice, because the platform key lists an environment and every other key its own company.
create function platform.log_companies() returns trigger language plpgsql as $$
begin
    insert into platform.change_log (company_id, kind, row_id, scope_id)
    select '00000000-0000-0000-0000-000000000000', list.kind, company_id, list.scope_id
      from changed
     cross join lateral (values ('company', md5(tenant_id || '/' || environment_key)::uuid),
                                ('own_company', company_id)) as list (kind, scope_id);
    return null;
end $$;
create trigger log_insert after insert on platform.companies referencing new table as changed
    for each statement execute function platform.log_companies();
create trigger log_update after update on platform.companies referencing new table as changed
    for each statement execute function platform.log_companies();

grant usage on schema platform to ${application_role};
grant select, insert, update, delete on all tables in schema platform to ${application_role};
revoke update, delete on platform.audit_log from ${application_role};
grant usage on all sequences in schema platform to ${application_role};
