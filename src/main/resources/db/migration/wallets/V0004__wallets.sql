create schema wallets;

create table wallets.wallets (
    company_id         uuid        not null references platform.companies,
    wallet_id          uuid        not null,
    order_id           uuid        not null,
    generation         integer     not null,
    line_no            integer     not null,
    seq_no             integer     not null,
    reference_number   text        not null,
    reference_key      text        not null,
    external_reference text        not null default '',
    external_key       text        not null default '',
    name               text        not null default '', -- blank: the item's description, read at the time of reading
    price_excl_minor   bigint      not null check (price_excl_minor >= 0),
    price_incl_minor   bigint      not null check (price_incl_minor >= 0),
    currency           text        not null,
    manifest_id        uuid        not null,        -- random, not the order's: whoever holds it may open guest data
    issued_at          timestamptz not null,
    voided_at          timestamptz,
    primary key (company_id, wallet_id),
    unique (company_id, reference_key),
    unique (company_id, order_id, generation, line_no, seq_no)
);
create index on wallets.wallets (company_id, external_key) where external_key <> '';

create table wallets.wallet_assets (
    company_id   uuid    not null,
    id           uuid    not null,                  -- of this entry of the wallet, not of the ticket or coupon
    wallet_id    uuid    not null,
    order_id     uuid    not null,
    generation   integer not null,
    component_no integer not null,
    type         text    not null check (type in ('ticket', 'coupon')),
    asset_id     uuid    not null,
    primary key (company_id, wallet_id, component_no),
    unique (company_id, asset_id),
    foreign key (company_id, wallet_id) references wallets.wallets
);
create index on wallets.wallet_assets (company_id, order_id, generation);

-- Where a manifest's id leads. A directory: read before a company is known, so free of guest data and without row-level
-- security. A withdrawn one stays, so that its address can say so.
create table wallets.manifest_links (
    manifest_id  uuid        primary key,
    company_id   uuid        not null references platform.companies,
    order_id     uuid        not null,
    wallet_id    uuid,                              -- null: the manifest of the whole order
    withdrawn_at timestamptz
);
create index on wallets.manifest_links (company_id, order_id);

alter table wallets.wallets enable row level security;
alter table wallets.wallets force row level security;
create policy own_company on wallets.wallets using (company_id = platform.current_company());
alter table wallets.wallet_assets enable row level security;
alter table wallets.wallet_assets force row level security;
create policy own_company on wallets.wallet_assets using (company_id = platform.current_company());

grant usage on schema wallets to ${application_role};
grant select, insert, update, delete on all tables in schema wallets to ${application_role};
