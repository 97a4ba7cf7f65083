package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of slots that no schedule gives any more. */
class SlotWithdrawalTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final LocalDate TOMORROW = TODAY.plusDays(1);
    private static final String TOUR = tour("{'at': ['11:00', '14:00'], 'lasts': 'PT1H', 'capacity': 20}");
    private static final String TOUR_OF_10 = tour("{'at': ['11:00', '14:00'], 'lasts': 'PT1H', 'capacity': 10}");
    private static final String TOUR_AT_14 = tour("{'at': ['14:00'], 'lasts': 'PT1H', 'capacity': 20}");

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Attraction castle = Attraction.selling("P9D");

    @BeforeEach
    void noonInCopenhagen() {
        clock.set(Instant.parse("2026-11-23T10:30:00Z"));
    }

    @Test
    void a_slot_that_nobody_takes_places_of_goes_with_its_row() {
        castle.opensWith(TOUR);
        castle.changes(tomorrowAt("11:00"), Optional.of(7), Optional.empty());

        castle.opensWith(TOUR_AT_14);

        assertThat(castle.slot("tour", TOMORROW, "11:00")).isEmpty();
        assertThat(castle.slot("tour", TOMORROW, "14:00")).isPresent();
    }

    @Test
    void a_slot_with_takers_is_closed_when_its_row_goes_and_keeps_its_places() {
        castle.opensWith(TOUR);
        castle.sells(tomorrowAt("11:00").id(), 3);

        castle.opensWith(TOUR_AT_14);

        Slot closed = tomorrowAt("11:00").slot();
        assertThat(closed.closed()).isTrue();
        assertThat(closed.capacity()).isEqualTo(20);
        assertThat(closed.taken()).isEqualTo(3);
    }

    @Test
    void a_slot_whose_takers_have_cancelled_is_closed_too_for_their_tickets_are_on_record() {
        castle.opensWith(TOUR);
        castle.cancels(castle.sells(tomorrowAt("11:00").id(), 3));

        castle.opensWith(TOUR_AT_14);

        assertThat(tomorrowAt("11:00").slot().closed()).isTrue();
        assertThat(tomorrowAt("11:00").slot().taken()).isZero();
    }

    @Test
    void a_closed_slot_opens_again_with_the_values_of_its_row_when_that_comes_back() {
        castle.opensWith(TOUR);
        KnownSlot before = tomorrowAt("11:00");
        castle.sells(before.id(), 3);

        castle.opensWith(TOUR_AT_14);
        castle.opensWith(TOUR_OF_10);

        assertThat(tomorrowAt("11:00").id()).isEqualTo(before.id());
        assertThat(tomorrowAt("11:00").slot().closed()).isFalse();
        assertThat(tomorrowAt("11:00").slot().capacity()).isEqualTo(10);
        assertThat(tomorrowAt("11:00").slot().taken()).isEqualTo(3);
    }

    @Test
    void a_slot_that_an_operator_opens_again_after_its_row_is_gone_stays_open() {
        castle.opensWith(TOUR);
        castle.sells(tomorrowAt("11:00").id(), 3);
        castle.opensWith(TOUR_AT_14);
        castle.changes(tomorrowAt("11:00"), Optional.empty(), Optional.of(false));

        castle.plan();

        assertThat(tomorrowAt("11:00").slot().closed()).isFalse();
    }

    @Test
    void a_day_that_is_closed_loses_its_slots_and_gets_them_back() {
        castle.opensWith(TOUR);
        castle.sells(tomorrowAt("11:00").id(), 3);
        String closedTomorrow = TOUR.replace("'schedules'", "'closedOn': ['" + TOMORROW + "'], 'schedules'");

        castle.opensWith(closedTomorrow);

        assertThat(castle.slots("tour", TOMORROW))
                .singleElement()
                .satisfies(slot -> assertThat(slot.slot().closed()).isTrue());
        assertThat(castle.slots("tour", TOMORROW.plusDays(1))).hasSize(2);

        castle.opensWith(TOUR);

        assertThat(castle.slots("tour", TOMORROW))
                .hasSize(2)
                .allSatisfy(slot -> assertThat(slot.slot().closed()).isFalse());
    }

    @Test
    void a_retired_admission_keeps_only_slots_with_takers_and_those_closed() {
        castle.opensWith(TOUR);
        castle.sells(tomorrowAt("11:00").id(), 3);

        castle.opensWith(TOUR.replace("'schedules'", "'closed': true, 'schedules'"));

        assertThat(castle.slots("tour").stream().filter(slot -> !slot.slot().hasEnded(clock.now())))
                .singleElement()
                .satisfies(slot -> assertThat(slot.slot().closed()).isTrue());
    }

    @Test
    void an_admission_that_is_removed_takes_its_slots_with_it() {
        castle.opensWith(TOUR, TOUR.replace("TOUR", "CASTLE"));

        castle.opensWith(TOUR);

        assertThat(castle.slots("castle")).isEmpty();
        assertThat(castle.slots("tour")).isNotEmpty();
    }

    private KnownSlot tomorrowAt(String start) {
        return castle.slot("tour", TOMORROW, start).orElseThrow();
    }

    private static String tour(String rows) {
        return "{'code': 'TOUR', 'entry': 'TIMED', 'schedules': [" + rows + "]}";
    }
}
