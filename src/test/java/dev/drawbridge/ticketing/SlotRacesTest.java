package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.web.Problem;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;

/** Whatever is planned or changed by hand while orders take places: no slot is oversold, and no place is lost. */
class SlotRacesTest {

    private static final int BUYERS = 8;
    private static final int ORDERS_EACH = 20;

    private final Attraction castle = Attraction.selling("P20D");
    private final LocalDate tomorrow =
            LocalDate.now(ZoneId.of("Europe/Copenhagen")).plusDays(1);

    @Test
    void a_capacity_that_the_setup_lowers_while_places_are_taken_stops_at_what_is_taken() {
        castle.opensWith(tour(200));
        UUID slot = slotOfTomorrow().id();
        var sold = new AtomicInteger();

        List<Callable<Void>> work = buyers(slot, sold);
        work.add(() -> {
            for (int round = 0; round < 10; round++) {
                castle.opensWith(tour(round % 2 == 0 ? 30 : 200));
            }
            castle.opensWith(tour(50));
            return null;
        });
        race(work);

        assertThat(slotOfTomorrow().slot().taken()).isEqualTo(sold.get()).isGreaterThanOrEqualTo(30);
        assertThat(slotOfTomorrow().slot().capacity()).isEqualTo(Math.max(50, sold.get()));
        assertCountersEqualReservations();
    }

    @Test
    void a_capacity_that_an_operator_lowers_while_places_are_taken_never_falls_below_them() {
        castle.opensWith(tour(200));
        UUID slot = slotOfTomorrow().id();
        var sold = new AtomicInteger();
        var refused = new AtomicInteger();

        List<Callable<Void>> work = buyers(slot, sold);
        work.add(() -> {
            for (int capacity = 60; capacity >= 0; capacity--) {
                try {
                    castle.changes(slotOfTomorrow(), Optional.of(capacity), Optional.empty());
                } catch (Problem problem) {
                    assertThat(problem.code()).isEqualTo(TicketingProblem.CAPACITY_BELOW_TAKEN);
                    refused.incrementAndGet();
                }
            }
            return null;
        });
        race(work);

        Slot left = slotOfTomorrow().slot();
        assertThat(left.taken()).isEqualTo(sold.get()).isLessThanOrEqualTo(left.capacity());
        assertThat(refused).hasPositiveValue();
        assertCountersEqualReservations();
    }

    @RepeatedTest(3)
    void a_slot_that_the_setup_takes_away_while_it_is_being_sold_is_gone_unsold_or_closed_with_its_takers() {
        castle.opensWith(tour(200));
        List<UUID> slots =
                castle.slots("tour").stream().map(KnownSlot::id).limit(8).toList();
        var sold = new AtomicInteger();

        List<Callable<Void>> work = new ArrayList<>();
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            work.add(() -> {
                slots.forEach(slot -> buy(slot, sold));
                return null;
            });
        }
        work.add(() -> {
            castle.opensWith();
            return null;
        });
        race(work);
        castle.plan();

        assertThat(castle.slots("tour")).allSatisfy(known -> {
            assertThat(known.slot().taken()).isPositive();
            assertThat(known.slot().closed()).isTrue();
        });
        assertThat(castle.slots("tour").stream()
                        .mapToInt(known -> known.slot().taken())
                        .sum())
                .isEqualTo(sold.get());
        assertCountersEqualReservations();
    }

    @Test
    void planners_on_several_nodes_make_every_slot_once() {
        castle.setsUp(everyQuarter(20));

        race(IntStream.range(0, 4).mapToObj(_ -> planner()).toList());

        assertThat(castle.slots("tour", tomorrow)).hasSize(96);
        assertThat(castle.slots("tour").stream().map(KnownSlot::opening)).doesNotHaveDuplicates();
    }

    @RepeatedTest(2)
    void the_newest_setup_wins_however_long_an_older_one_has_been_planned() {
        List<Callable<Void>> work = new ArrayList<>();
        for (int editor = 0; editor < 4; editor++) {
            int capacity = 100 * (editor + 1);
            work.add(() -> {
                for (int round = 0; round < 3; round++) {
                    castle.opensWith(everyQuarter(capacity + round));
                }
                return null;
            });
        }
        race(work);

        String newest = castle.inDatabase(
                jdbc -> jdbc.sql("select content ->> 'schedules' from platform.definitions where kind = 'admission'")
                        .query(String.class)
                        .single());
        assertThat(castle.slots("tour", tomorrow)).hasSize(96);
        assertThat(castle.slots("tour")).allSatisfy(slot -> assertThat(newest)
                .contains("\"capacity\": " + slot.slot().capacity() + "}"));
    }

    private List<Callable<Void>> buyers(UUID slot, AtomicInteger sold) {
        List<Callable<Void>> buyers = new ArrayList<>();
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            buyers.add(() -> {
                for (int order = 0; order < ORDERS_EACH; order++) {
                    buy(slot, sold);
                }
                return null;
            });
        }
        return buyers;
    }

    private void buy(UUID slot, AtomicInteger sold) {
        try {
            if (castle.buys(slot, 1).isPresent()) {
                sold.incrementAndGet();
            }
        } catch (ConcurrencyFailureException slotWasClosed) {
            assertThat(slotWasClosed).hasMessageContaining("was closed");
        }
    }

    private Callable<Void> planner() {
        return () -> {
            castle.plan();
            return null;
        };
    }

    private static void race(List<Callable<Void>> work) {
        var start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<Void>> running = work.stream()
                    .map(each -> threads.submit(() -> {
                        start.await();
                        return each.call();
                    }))
                    .toList();
            start.countDown();
            running.forEach(SlotRacesTest::outcome);
        }
    }

    private static void outcome(Future<Void> running) {
        try {
            running.get();
        } catch (Exception failure) {
            throw new AssertionError("A racer failed", failure);
        }
    }

    private KnownSlot slotOfTomorrow() {
        return castle.slot("tour", tomorrow, "11:00").orElseThrow();
    }

    private void assertCountersEqualReservations() {
        long wrong = castle.inDatabase(jdbc -> jdbc.sql("""
                        select count(*)
                        from ticketing.slots slot
                        where taken > capacity or taken <> (
                            select coalesce(sum(quantity), 0)
                            from ticketing.reservations taker
                            where taker.company_id = slot.company_id and taker.slot_id = slot.slot_id
                              and state <> 'released')
                        """).query(Long.class).single());
        assertThat(wrong).isZero();
    }

    private static String tour(int capacity) {
        return "{'code': 'TOUR', 'entry': 'TIMED', 'schedules': [{'at': ['11:00'], 'lasts': 'PT1H', 'capacity': "
                + capacity + "}]}";
    }

    private static String everyQuarter(int capacity) {
        return "{'code': 'TOUR', 'entry': 'TIMED',"
                + " 'schedules': [{'from': '00:00', 'until': '24:00', 'every': 'PT15M', 'capacity': " + capacity
                + "}]}";
    }
}
