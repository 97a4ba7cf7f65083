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
grant select, insert, update, delete on wallets.manifest_links to ${application_role};
