package dev.drawbridge.orders;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.orders.DueOrderStore.Claim;
import dev.drawbridge.orders.Operation.Content;
import dev.drawbridge.orders.Operation.Line;
import dev.drawbridge.orders.OrdersSeen.Answered;
import dev.drawbridge.orders.OrdersSeen.OrderSeen;
import dev.drawbridge.orders.OrdersSeen.SlotSeen;
import dev.drawbridge.platform.database.Transactions;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The product under the operations of one list: requests over HTTP, workers stepped by hand. */
final class RealOrders {

    /** In the order of {@link ExpectedOrder#slotsOf}. */
    private static final List<String> SLOTS = List.of("CASTLE 10:00", "CASTLE 14:00", "GARDEN 08:00");

    private static final UUID NOBODYS = UUID.fromString("00000000-0000-4000-8000-000000000000");
    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final Castle castle;
    private final LocalDate day;
    private final Api api;
    private final TestClock clock = new TestClock();
    private final OrderIssuance issuance = TestServer.running().bean(OrderIssuance.class);
    private final OrderExpiry expiry = TestServer.running().bean(OrderExpiry.class);
    private final List<String> slots;
    private final String list = UUID.randomUUID().toString();
    private final List<UUID> orders = new ArrayList<>();
    private final Map<Integer, UUID> newest = new HashMap<>();
    private final Map<Integer, List<Claim>> hands = new HashMap<>();
    private @Nullable Sent lastWithKey;

    /**
     * @param day of all visits
     * @param slots their ids
     */
    RealOrders(Castle castle, LocalDate day, List<String> slots) {
        this.castle = castle;
        this.day = day;
        this.api = castle.operator();
        this.slots = List.copyOf(slots);
    }

    static List<String> slots(Castle castle, LocalDate day) {
        return SLOTS.stream()
                .map(slot -> slot.split(" ", -1))
                .map(name -> castle.slot(name[0], day, name[1]).path("slotId").asString())
                .toList();
    }

    /** A request as it went out; {@code reference} is that of the order that it may make, -1 where it makes none. */
    private record Sent(Api api, String method, String path, String body, int reference) {

        Sent changed() {
            return new Sent(api, method, path, body.replaceFirst("\\{", "{\"note\": \"another\", "), reference);
        }
    }

    List<UUID> orders() {
        return List.copyOf(orders);
    }

    Answered does(Operation operation) {
        return switch (operation) {
            case Operation.Request request -> {
                Sent sent = sent(request);
                lastWithKey = request.keyed() ? sent : lastWithKey;
                yield answered(sent);
            }
            case Operation.Repeat repeat ->
                lastWithKey == null
                        ? OrdersSeen.NOTHING
                        : answered(repeat.changed() ? lastWithKey.changed() : lastWithKey);
            case Operation.Cancel cancel -> answered(api.delete(path(cancel.reference())));
            case Operation.ProcessNow process -> answered(api.post(path(process.reference()) + "/process"));
            case Operation.Claim claim -> claim(claim.worker(), claim.all() ? EVERYTHING : 1);
            case Operation.Issue issue -> issue(issue.worker());
            case Operation.Work work -> {
                claim(work.worker(), EVERYTHING);
                yield issue(work.worker());
            }
            case Operation.Crash crash -> crash(crash.nodes());
            case Operation.EndHolds _ -> {
                expiry.due(Integer.MAX_VALUE).stream()
                        .filter(due -> due.company().equals(castle.id()))
                        .forEach(expiry::expire);
                yield OrdersSeen.NOTHING;
            }
            case Operation.Wait _ -> OrdersSeen.NOTHING;
            case Operation.SetCapacity set -> changed(set.slot(), "{\"capacity\": " + set.capacity() + "}");
            case Operation.Close close -> changed(close.slot(), "{\"closed\": " + close.closed() + "}");
        };
    }

    private Answered claim(int worker, int perPartnerMax) {
        hands.put(worker, claimed(perPartnerMax));
        return OrdersSeen.NOTHING;
    }

    private List<Claim> claimed(int perPartnerMax) {
        return issuance.claimDue(perPartnerMax, EVERYTHING).stream()
                .filter(claim -> claim.company().equals(castle.id()))
                .toList();
    }

    private Answered crash(int nodes) {
        for (int node = 0; node < nodes; node++) {
            List<Claim> claims = claimed(EVERYTHING);
            TestServer.running().bean(Transactions.class).acrossCompanies(() -> TestServer.running()
                    .bean(DueOrderStore.class)
                    .startProcessing(claims, OrderQueue.LEASE));
            clock.advance(ExpectedTime.LEASE);
        }
        return OrdersSeen.NOTHING;
    }

    private Answered issue(int worker) {
        List<Claim> hand = hands.getOrDefault(worker, List.of());
        hands.remove(worker);
        if (!hand.isEmpty()) {
            issuance.work(castle.id(), hand);
        }
        return OrdersSeen.NOTHING;
    }

    private Sent sent(Operation.Request request) {
        Api sender =
                request.keyed() ? api.with("Idempotency-Key", UUID.randomUUID().toString()) : api;
        return switch (request) {
            case Operation.Create create ->
                new Sent(
                        sender,
                        "POST",
                        "/channelManager" + sync(create.sync()),
                        body(create.reference(), create.content()),
                        create.reference());
            case Operation.Replace replace ->
                new Sent(
                        sender,
                        "PUT",
                        path(replace.reference()) + sync(replace.sync()),
                        body(replace.reference(), replace.content()),
                        -1);
            case Operation.Confirm confirm ->
                new Sent(
                        sender,
                        "POST",
                        path(confirm.reference()) + "/confirm",
                        "{\"paymentReference\": \"PAY-1\"}",
                        -1);
        };
    }

    private static String sync(boolean sync) {
        return sync ? "?sync=1" : "";
    }

    private String path(int reference) {
        return "/channelManager/" + newest.getOrDefault(reference, NOBODYS);
    }

    private String body(int reference, Content content) {
        OrderJson order = OrderJson.order().reference(list + "-" + reference);
        for (Line line : content.lines()) {
            order = order.line(
                    item(line), line.quantity(), day, line.hour() == Operation.Hour.TEN ? "10:00:00" : "14:00:00");
        }
        return (content.paid() ? order.paid() : order).toString();
    }

    private static String item(Line line) {
        return switch (line.ware()) {
            case ENTRY -> "31001";
            case GROUP -> "31004";
            case BOTH -> "31005";
            case COFFEE -> "41001";
            case BUNDLE -> "32001";
        };
    }

    private Answered answered(Sent sent) {
        Reply reply = sent.api().sendJson(sent.method(), sent.path(), sent.body());
        JsonNode answer = reply.json();
        String order =
                answer.path("orderId").asString(answer.at("/details/0/orderId").asString(""));
        if (sent.reference() >= 0 && !order.isEmpty() && !orders.contains(UUID.fromString(order))) {
            orders.add(UUID.fromString(order));
            newest.put(sent.reference(), UUID.fromString(order));
        }
        return answered(reply);
    }

    private static Answered answered(Reply reply) {
        JsonNode answer = reply.json();
        String word = answer.path("code").asString(answer.path("status").asString(""));
        return new Answered(
                reply.status(), word, reply.header("idempotency-replayed").isPresent());
    }

    private Answered changed(int slot, String change) {
        String admission = SLOTS.get(slot).split(" ", -1)[0];
        return answered(api.patch("/admissions/" + admission + "/slots/" + slots.get(slot), change));
    }

    OrdersSeen seen() {
        return castle.inDatabase(jdbc -> new OrdersSeen(slotsSeen(jdbc), ordersSeen(jdbc)));
    }

    private List<SlotSeen> slotsSeen(JdbcClient jdbc) {
        return jdbc.sql("""
                        select s.capacity, s.taken, s.closed
                          from unnest(cast(:slots as uuid[])) with ordinality as asked (slot_id, place)
                          join ticketing.slots s on s.company_id = :company and s.slot_id = asked.slot_id
                         order by asked.place
                        """)
                .param("company", castle.id().value())
                .param("slots", slots.toArray(String[]::new))
                .query((row, number) -> new SlotSeen(row.getInt(1), row.getInt(2), row.getBoolean(3)))
                .list();
    }

    private List<OrderSeen> ordersSeen(JdbcClient jdbc) {
        return jdbc.sql("""
                        select coalesce(s.status, 'gone') as status, coalesce(o.status_code, '') as code,
                               o.hold_expires_at,
                               (select count(*) from wallets.wallets w where w.company_id = :company
                                   and w.order_id = asked.order_id and w.voided_at is null) as wallets,
                               t.count as tickets, c.count as coupons, t.usable + c.usable as usable,
                               (select count(*) from wallets.manifest_links m where m.company_id = :company
                                   and m.order_id = asked.order_id and m.withdrawn_at is null) as manifests,
                               (select array_agg(e.sequence || ' ' || e.name || ' ' || (e.payload ->> 'status')
                                                 order by e.sequence)
                                  from webhooks.events e
                                 where e.company_id = :company and e.order_id = asked.order_id) as events
                          from unnest(cast(:orders as uuid[])) with ordinality as asked (order_id, place)
                          left join orders.orders o on o.company_id = :company and o.order_id = asked.order_id
                          left join orders.order_status s on s.company_id = :company and s.order_id = asked.order_id
                         cross join lateral (
                               select count(*) as count, count(*) filter (where paid) as usable
                                 from ticketing.tickets t where t.company_id = :company
                                  and t.order_id = asked.order_id and t.voided_at is null) t
                         cross join lateral (
                               select count(*) as count, count(*) filter (where issued) as usable
                                 from coupons.coupons c where c.company_id = :company
                                  and c.order_id = asked.order_id and c.voided_at is null) c
                         order by asked.place
                        """)
                .param("company", castle.id().value())
                .param("orders", orders.toArray(UUID[]::new))
                .query((row, number) -> new OrderSeen(
                        row.getString("status"),
                        row.getString("code"),
                        Optional.ofNullable(row.getObject("hold_expires_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        row.getInt("wallets"),
                        row.getInt("tickets"),
                        row.getInt("coupons"),
                        row.getInt("usable"),
                        row.getInt("manifests"),
                        row.getArray("events") == null
                                ? List.of()
                                : List.of((String[]) Objects.requireNonNull(row.getArray("events"))
                                        .getArray())))
                .list();
    }
}
