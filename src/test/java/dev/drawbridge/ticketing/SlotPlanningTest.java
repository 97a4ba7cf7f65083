package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.platform.database.OrderId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of slots when their schedules change, and stay. */
class SlotPlanningTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final LocalDate TOMORROW = TODAY.plusDays(1);
    private static final String TOUR = tour("{'at': ['11:00', '14:00'], 'lasts': 'PT1H', 'capacity': 20}");
    private static final String GARDEN = """
            {'code': 'GARDEN', 'entry': 'DAY', 'schedules': [{'from': '08:00', 'until': '20:00', 'capacity': 5}]}""";
    private static final String TOUR_OF_10 = tour("{'at': ['11:00', '14:00'], 'lasts': 'PT1H', 'capacity': 10}");

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Attraction castle = Attraction.selling("P9D");

    @BeforeEach
    void noonInCopenhagen() {
        clock.set(Instant.parse("2026-11-23T10:30:00Z"));
    }

    @Test
    void slots_exist_from_today_to_the_day_after_the_last_day_of_sale() {
        castle.opensWith(TOUR);

        List<KnownSlot> slots = castle.slots("tour");
        assertThat(slots).hasSize(2 * 11);
        assertThat(slots.getFirst().slot().date()).isEqualTo(TODAY);
        assertThat(slots.getLast().slot().date()).isEqualTo(TODAY.plusDays(10));
        assertThat(slots).allSatisfy(known -> {
            assertThat(known.slot().capacity()).isEqualTo(20);
            assertThat(known.slot().taken()).isZero();
            assertThat(known.slot().closed()).isFalse();
            assertThat(known.changedByHand()).isFalse();
        });
    }

    @Test
    void planning_again_changes_nothing() {
        castle.opensWith(TOUR);
        List<KnownSlot> before = castle.slots("tour");
        List<String> writtenBy = writers();

        castle.plan();

        assertThat(castle.slots("tour")).isEqualTo(before);
        assertThat(writers()).isEqualTo(writtenBy);
    }

    @Test
    void a_new_capacity_reaches_slots_that_keep_their_ids() {
        castle.opensWith(TOUR);
        KnownSlot before = tomorrowAt("11:00");

        castle.opensWith(TOUR_OF_10);

        assertThat(tomorrowAt("11:00").id()).isEqualTo(before.id());
        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(10);
    }

    @Test
    void a_lower_capacity_stops_at_what_is_taken_and_goes_on_when_places_come_back() {
        castle.opensWith(TOUR);
        OrderId three = castle.sells(tomorrowAt("11:00").id(), 3);
        castle.sells(tomorrowAt("11:00").id(), 9);
        castle.sells(tomorrowAt("14:00").id(), 10);

        castle.opensWith(TOUR_OF_10);

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(12);
        assertThat(tomorrowAt("14:00").slot().capacity()).isEqualTo(10);

        castle.cancels(three);
        castle.plan();

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(10);
        assertThat(tomorrowAt("11:00").slot().taken()).isEqualTo(9);
    }

    @Test
    void a_longer_slot_ends_later() {
        castle.opensWith(TOUR);

        castle.opensWith(tour("{'at': ['11:00', '14:00'], 'lasts': 'PT2H', 'capacity': 20}"));

        assertThat(tomorrowAt("11:00").slot().startsAt()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(tomorrowAt("11:00").slot().endsAt()).isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void a_slot_changed_by_hand_keeps_its_values_as_long_as_its_row_stays() {
        castle.opensWith(TOUR);
        castle.changes(tomorrowAt("11:00"), Optional.of(7), Optional.empty());
        castle.changes(tomorrowAt("14:00"), Optional.empty(), Optional.of(true));

        castle.opensWith(TOUR, GARDEN);

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(7);
        assertThat(tomorrowAt("14:00").slot().closed()).isTrue();
        assertThat(castle.slot("garden", TOMORROW, "08:00")).isPresent();
    }

    @Test
    void a_change_of_its_row_gives_a_slot_changed_by_hand_the_values_of_the_row() {
        castle.opensWith(TOUR);
        castle.changes(tomorrowAt("11:00"), Optional.of(7), Optional.of(true));

        castle.opensWith(TOUR_OF_10);

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(10);
        assertThat(tomorrowAt("11:00").slot().closed()).isFalse();
        assertThat(tomorrowAt("11:00").changedByHand()).isFalse();
    }

    @Test
    void a_change_of_another_row_leaves_a_slot_changed_by_hand_alone() {
        String morning = "{'at': ['11:00'], 'lasts': 'PT1H', 'capacity': 20}";
        castle.opensWith(tour(morning + ", {'at': ['14:00'], 'lasts': 'PT1H', 'capacity': 20}"));
        castle.changes(tomorrowAt("11:00"), Optional.of(7), Optional.empty());

        castle.opensWith(tour("{'at': ['14:00'], 'lasts': 'PT1H', 'capacity': 10}, " + morning));

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(7);
        assertThat(tomorrowAt("14:00").slot().capacity()).isEqualTo(10);
    }

    @Test
    void slots_that_are_over_stay_as_they_are() {
        castle.opensWith(TOUR);
        clock.set(Instant.parse("2026-11-24T11:00:00Z"));
        List<KnownSlot> yesterday = castle.slots("tour", TODAY);
        KnownSlot over = tomorrowAt("11:00");

        castle.opensWith(TOUR_OF_10.replace("'11:00', ", ""));

        assertThat(castle.slots("tour", TODAY)).isEqualTo(yesterday);
        assertThat(tomorrowAt("11:00")).isEqualTo(over);
        assertThat(tomorrowAt("14:00").slot().capacity()).isEqualTo(10);
    }

    @Test
    void a_slot_that_is_under_way_is_changed() {
        castle.opensWith(TOUR);
        clock.set(Instant.parse("2026-11-24T10:59:59.999Z"));

        castle.opensWith(TOUR_OF_10);

        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(10);
    }

    @Test
    void of_today_only_slots_that_are_not_over_are_made() {
        clock.set(Instant.parse("2026-11-23T11:00:00Z"));

        castle.opensWith(TOUR);

        assertThat(castle.slots("tour", TODAY))
                .extracting(slot -> slot.slot().start().toString())
                .containsExactly("14:00");
    }

    @Test
    void when_the_company_moves_to_another_time_zone_slots_move_and_keep_what_was_changed_by_hand() {
        castle.opensWith(TOUR);
        castle.changes(tomorrowAt("11:00"), Optional.of(7), Optional.empty());

        castle.movesTo("Europe/London");
        castle.plan();

        assertThat(tomorrowAt("11:00").slot().startsAt()).isEqualTo("2026-11-24T11:00:00Z");
        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(7);
    }

    @Test
    void no_transaction_writes_more_than_1000_slots() {
        castle.opensWith(tour("{'from': '00:00', 'until': '24:00', 'every': 'PT10M', 'capacity': 20}"));
        assertThat(rowsOfLargestTransaction()).isEqualTo(1_000);

        castle.opensWith(tour("{'from': '00:00', 'until': '24:00', 'every': 'PT10M', 'capacity': 10}"));
        assertThat(rowsOfLargestTransaction()).isEqualTo(1_000);
    }

    private KnownSlot tomorrowAt(String start) {
        return castle.slot("tour", TOMORROW, start).orElseThrow();
    }

    private List<String> writers() {
        return castle.inDatabase(jdbc -> jdbc.sql("select slot_id || ' ' || xmin from ticketing.slots order by 1")
                .query((row, number) -> row.getString(1))
                .list());
    }

    private long rowsOfLargestTransaction() {
        return castle.inDatabase(
                jdbc -> jdbc.sql("select count(*) from ticketing.slots group by xmin order by count(*) desc limit 1")
                        .query(Long.class)
                        .single());
    }

    private static String tour(String rows) {
        return "{'code': 'TOUR', 'entry': 'TIMED', 'schedules': [" + rows + "]}";
    }
}
