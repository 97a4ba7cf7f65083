-- What a next version would bring first: a column that the version beside it does not know. It takes its time, so that a
-- node can be killed at it.
alter table orders.orders add column next_version boolean not null default false;
select pg_sleep(2) as next_version_migrates;
