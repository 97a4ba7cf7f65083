-- A migration of its own, for no transaction may hold two tables against those who lock them in another order.
alter table orders.issuance_jobs add column next_version boolean not null default false;
