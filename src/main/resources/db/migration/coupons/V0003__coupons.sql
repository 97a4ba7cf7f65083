create schema coupons;

create table coupons.coupons (
    company_id      uuid        not null references platform.companies,
    coupon_id       uuid        not null,
    order_id        uuid        not null,
    generation      integer     not null,
    line_no         integer     not null,
    seq_no          integer     not null,
    component_no    integer     not null,
    number          text        not null,
    number_key      text        not null,
    coupon_type_key text        not null,
    item_key        text        not null,
    issued          boolean     not null,           -- a Draft's coupon is not, and cannot be redeemed
    redeemed_at     timestamptz,
    document_no     text,                           -- what it was redeemed for
    voided_at       timestamptz,
    valid_from      timestamptz not null,
    valid_until     timestamptz not null,
    primary key (company_id, coupon_id),
    unique (company_id, number_key),
    unique (company_id, order_id, generation, line_no, seq_no, component_no)
);
alter table coupons.coupons enable row level security;
alter table coupons.coupons force row level security;
create policy own_company on coupons.coupons using (company_id = platform.current_company());

grant usage on schema coupons to ${application_role};
grant select, insert, update, delete on all tables in schema coupons to ${application_role};
