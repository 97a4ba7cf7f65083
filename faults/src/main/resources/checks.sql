-- Each check is a question whose answer must have no row. Its name is in the line before it.

-- check C1 lost orders
select s.reference, s.order_id
  from faults.stories s
 where s.order_id is not null
   and not exists (select from orders.orders o where o.order_id = s.order_id)
   and not ('Deleted' = any(s.allowed));

-- check C1 lost orders: acknowledged and never stored
select s.reference, s.order_id
  from faults.stories s
 where s.order_id is not null and not exists (select from faults.order_diary d where d.order_id = s.order_id);

-- check C2 duplicates
select o.company, lower(o.reference), count(*) from faults.orders o group by 1, 2 having count(*) > 1;

-- check C2 duplicates: two orders of one reference alive at the same time
select a.reference, a.order_id, b.order_id
  from faults.order_diary a
  join faults.order_diary b on b.company_id = a.company_id and b.reference = a.reference and b.order_id <> a.order_id
 where a.was is null and b.was is null and b.id > a.id
   and not exists (select from faults.order_diary gone
                    where gone.order_id = a.order_id and gone.became is null and gone.id < b.id);

-- check C3 tickets: as many as the request asks for
select e.reference, e.tickets, count(t.ticket_id)
  from faults.expected e
  left join ticketing.tickets t on t.company_id = e.company_id and t.order_id = e.order_id and t.voided_at is null
 where e.status in ('Issued', 'Draft')
 group by e.order_id, e.reference, e.tickets having count(t.ticket_id) <> e.tickets;

-- check C3 tickets: paid if and only if the order is Issued
select o.reference, t.number from orders.orders o
  join ticketing.tickets t on t.company_id = o.company_id and t.order_id = o.order_id and t.voided_at is null
 where t.paid <> (o.status = 'Issued');

-- check C4 wallets: as many as the request asks for
select e.reference, e.wallets, count(w.wallet_id)
  from faults.expected e
  left join wallets.wallets w on w.company_id = e.company_id and w.order_id = e.order_id and w.voided_at is null
 where e.status in ('Issued', 'Draft')
 group by e.order_id, e.reference, e.wallets having count(w.wallet_id) <> e.wallets;

-- check C4 wallets: hold what was issued
select e.reference, e.tickets + e.coupons, count(a.id)
  from faults.expected e
  left join wallets.wallets w on w.company_id = e.company_id and w.order_id = e.order_id and w.voided_at is null
  left join wallets.wallet_assets a on a.company_id = w.company_id and a.wallet_id = w.wallet_id
 where e.status in ('Issued', 'Draft')
 group by e.order_id, e.reference, e.tickets, e.coupons having count(a.id) <> e.tickets + e.coupons;

-- check C5 coupons: as many as the request asks for
select e.reference, e.coupons, count(c.coupon_id)
  from faults.expected e
  left join coupons.coupons c on c.company_id = e.company_id and c.order_id = e.order_id and c.voided_at is null
 where e.status in ('Issued', 'Draft')
 group by e.order_id, e.reference, e.coupons having count(c.coupon_id) <> e.coupons;

-- check C5 coupons: redeemable if and only if the order is Issued
select o.reference, c.number from orders.orders o
  join coupons.coupons c on c.company_id = o.company_id and c.order_id = o.order_id and c.voided_at is null
 where c.issued <> (o.status = 'Issued');

-- check C6 live assets: none where there must be none, none of an old generation
with live as (
    select company_id, order_id, generation, number as name from ticketing.tickets where voided_at is null
    union all
    select company_id, order_id, generation, number from coupons.coupons where voided_at is null
    union all
    select company_id, order_id, generation, reference_number from wallets.wallets where voided_at is null)
select l.name, o.status from live l
  left join orders.orders o on o.company_id = l.company_id and o.order_id = l.order_id
 where o.order_id is null or o.status not in ('Issued', 'Draft') or l.generation <> o.generation;

-- check C6 live assets: the manifest of an Issued order is open, of no other
select o.reference, o.status, count(m.manifest_id) filter (where m.withdrawn_at is null)
  from orders.orders o
  left join wallets.manifest_links m on m.company_id = o.company_id and m.order_id = o.order_id and m.wallet_id is null
 group by o.company_id, o.order_id, o.reference, o.status
having count(m.manifest_id) filter (where m.withdrawn_at is null) <> case o.status when 'Issued' then 1 else 0 end;

-- check C6 live assets: numbers are unique
select number from ticketing.tickets group by company_id, number having count(*) > 1
union all
select number from coupons.coupons group by company_id, number having count(*) > 1
union all
select reference_number from wallets.wallets group by company_id, reference_number having count(*) > 1;

-- check C7 counter equals ledger
select s.slot_id, s.taken, coalesce(sum(r.quantity), 0)
  from ticketing.slots s
  left join ticketing.reservations r
    on r.company_id = s.company_id and r.slot_id = s.slot_id and r.state in ('held', 'sold')
 group by s.company_id, s.slot_id, s.taken having s.taken <> coalesce(sum(r.quantity), 0);

-- check C7 counter equals the requests
with wanted as (
    select o.company_id, d.admission, d.local_date, d.local_start, sum(d.quantity) as quantity
      from faults.orders o
      join faults.demands d on d.company = o.company and d.reference = o.reference and d.variant = o.variant
     where o.status = 'Issued' or (o.status = 'Draft' and o.hold_expires_at is not null)
     group by 1, 2, 3, 4)
select s.admission_key, s.local_date, s.local_start, s.taken, w.quantity
  from ticketing.slots s
  full join wanted w on w.company_id = s.company_id and w.admission = s.admission_key
   and w.local_date = s.local_date and w.local_start = s.local_start
 where coalesce(s.taken, 0) <> coalesce(w.quantity, 0);

-- check C8 oversold
select slot_id, admission_key, capacity, taken from ticketing.slots where taken > capacity;

-- check C8 oversold: at any moment
select slot_id, capacity, taken, at from faults.oversold;

-- check C8 oversold: by the ledger
select s.slot_id, s.capacity, sum(r.quantity)
  from ticketing.slots s
  join ticketing.reservations r on r.company_id = s.company_id and r.slot_id = s.slot_id and r.state in ('held', 'sold')
 group by s.company_id, s.slot_id, s.capacity having sum(r.quantity) > s.capacity;

-- check C9 holds: over and not ended
select reference, hold_expires_at from orders.orders
 where hold_expires_at is not null and hold_expires_at < platform.now() - interval '60 seconds';

-- check C9 holds: a place is held by a Draft with a hold, sold to an Issued order, and to nobody else
select r.order_id, r.state, r.quantity, o.status from ticketing.reservations r
  left join orders.orders o on o.company_id = r.company_id and o.order_id = r.order_id
 where r.state <> 'released'
   and not (r.generation = o.generation
            and (r.state = 'held' and o.status = 'Draft' and o.hold_expires_at is not null
                 or r.state = 'sold' and o.status = 'Issued')
            is true);

-- check C9 holds: the row of an expiry and the hold of its Draft are one
select o.reference from orders.orders o
  full join orders.hold_expiries e on e.company_id = o.company_id and e.order_id = o.order_id
 where (e.order_id is null) <> (o.hold_expires_at is null) or o.order_id is null;

-- check C10 life of an order: each step is in the table of states
select d.reference, d.was, d.became, d.generation
  from (select d.*, lag(generation) over (partition by order_id order by id) as before from faults.order_diary d) d
 where not case
       when d.was is null then d.became = 'Submitted' and d.generation = 1
       when d.became is null then d.was in ('Draft', 'Error')
       when d.was = 'Submitted' then d.became in ('Draft', 'Issued', 'Error') and d.generation = d.before
       when d.was = 'Draft' then d.became = 'Issued' and d.generation = d.before
            or d.became = 'Draft' and d.hold_ended and d.generation = d.before
            or d.became = 'Submitted' and d.generation = d.before + 1
       when d.was = 'Error' then d.became = 'Submitted' and d.generation = d.before + 1
       when d.was = 'Issued' then d.became = 'Cancelled' and d.generation = d.before
       else false end;

-- check C10 life of an order: issued once for each generation
select reference, generation, count(*) from faults.order_diary
 where was = 'Submitted' and became <> 'Submitted' group by order_id, reference, generation having count(*) > 1;

-- check C10 life of an order: it ended as its client expects
select s.reference, s.allowed, coalesce(o.status, 'Deleted') as found, o.status_code
  from faults.stories s
  left join faults.orders o on o.company = s.company and o.reference = s.reference
 where not (coalesce(o.status, 'Deleted') = any(s.allowed));

-- check C10 life of an order: with a body that its client expects
select s.reference, s.accepted, o.variant, o.status from faults.stories s
  join faults.orders o on o.company = s.company and o.reference = s.reference
 where not (o.variant = any(s.accepted));

-- check C10 life of an order: sold out only where places are scarce
select e.reference, o.status_code from faults.expected e
  join orders.orders o on o.company_id = e.company_id and o.order_id = e.order_id
 where o.status = 'Error' and not (o.status_code = 'issuance_failed' or e.scarce and o.status_code = 'capacity_exceeded');

-- check C11 events: one for each change that partners are told of, numbered without a gap
with changes as (
    select company_id, order_id,
           count(*) filter (where not (became is not distinct from 'Submitted')) as told
      from faults.order_diary group by 1, 2),
told as (
    select company_id, order_id, count(*) as events, max(sequence) as last from webhooks.events group by 1, 2)
select c.order_id, c.told, t.events, t.last
  from changes c full join told t on t.company_id = c.company_id and t.order_id = c.order_id
 where coalesce(c.told, 0) <> coalesce(t.events, 0) or t.last is distinct from t.events;

-- check C11 events: the order knows its last one
select o.reference, o.event_sequence, count(e.event_id) from orders.orders o
  left join webhooks.events e on e.company_id = o.company_id and e.order_id = o.order_id
 group by o.company_id, o.order_id, o.reference, o.event_sequence having o.event_sequence <> count(e.event_id);

-- check C11 webhooks: an event reached every live endpoint or is kept as dead, to be sent again
select p.endpoint, e.event_id, e.name, e.payload ->> 'sellToOrderReference'
  from faults.endpoints p
  join platform.companies c on c.name = p.company
  join webhooks.events e on e.company_id = c.company_id and cast(e.payload ->> 'partnerId' as uuid) = p.partner
 where p.live
   and not exists (select from faults.receipts r
                    where r.endpoint = p.endpoint and r.event_id = e.event_id and r.answered between 200 and 299)
   and not exists (select from webhooks.deliveries d
                    where d.subscription_id = p.endpoint and d.event_id = e.event_id and d.state = 'dead');

-- check C12 webhooks: the first receipts of an order come in its order
select endpoint, order_id, sequence, before
  from (select endpoint, order_id, sequence,
               lag(sequence) over (partition by endpoint, order_id order by min(at_nanos)) as before
          from faults.receipts where order_id is not null group by endpoint, order_id, sequence) as firsts
 where before > sequence;

-- check C13 webhooks: signed
select endpoint, delivery from faults.receipts where not signed;

-- check C13 webhooks: the same delivery has the same body
select endpoint, delivery from faults.receipts group by 1, 2 having count(distinct body_sha256) > 1;

-- check C14 feed: what a reader has is what there is
select k.reader, o.order_id, o.reference, o.status, k.status
  from faults.orders o
  join (select distinct reader, partner from faults.copies) r on r.partner = o.partner_id
  left join faults.copies k on k.reader = r.reader and k.order_id = o.order_id
 where k.status is distinct from o.status;

-- check C14 feed: what there is no more, a reader has as removed
select k.reader, k.order_id, k.status from faults.copies k
 where k.status <> 'Deleted' and not exists (select from orders.orders o where o.order_id = k.order_id);

-- check C14 feed: everything has a position
select company_id, count(*) from platform.change_log where pos is null group by 1;

-- check C15 stuck: orders
select reference, status from orders.orders where status = 'Submitted';

-- check C15 stuck: jobs
select order_id, state, due_at, attempts from orders.issuance_jobs;

-- check C16 orphans: assets and events of orders that never were
select 'ticket' as what, number as which from ticketing.tickets t
 where not exists (select from faults.order_diary d where d.order_id = t.order_id)
union all
select 'wallet', reference_number from wallets.wallets w
 where not exists (select from faults.order_diary d where d.order_id = w.order_id)
union all
select 'event', cast(event_id as text) from webhooks.events e
 where not exists (select from faults.order_diary d where d.order_id = e.order_id)
union all
select 'reservation', cast(order_id as text) from ticketing.reservations r
 where not exists (select from faults.order_diary d where d.order_id = r.order_id);

-- check C16 orphans: what a wallet lists exists
select a.id from wallets.wallet_assets a
  left join ticketing.tickets t on t.company_id = a.company_id and t.ticket_id = a.asset_id
  left join coupons.coupons c on c.company_id = a.company_id and c.coupon_id = a.asset_id
 where (a.type = 'ticket' and t.ticket_id is null) or (a.type = 'coupon' and c.coupon_id is null);

-- check C17 kept answers: of orders that were stored
select i.idempotency_key, i.order_id from platform.idempotent_requests i
 where i.order_id is not null and not exists (select from faults.order_diary d where d.order_id = i.order_id);

-- check C17 kept answers: 201 only of an order that was stored
select i.idempotency_key from platform.idempotent_requests i
 where i.status = 201 and convert_from(i.body, 'UTF8') like '%"orderId"%'
   and not exists (select from faults.order_diary d
                    where cast(d.order_id as text) = (convert_from(i.body, 'UTF8')::json ->> 'orderId'));

-- check C18 tenant leak: what belongs to an order belongs to its company
with children as (
    select company_id, order_id from ticketing.tickets
    union select company_id, order_id from coupons.coupons
    union select company_id, order_id from wallets.wallets
    union select company_id, order_id from ticketing.reservations
    union select company_id, order_id from webhooks.events)
select c.order_id from children c
 where exists (select from faults.order_diary d where d.order_id = c.order_id and d.company_id <> c.company_id);

-- check C19 answers: what was refused was not stored
select reference from orders.orders where reference like '%-X';
