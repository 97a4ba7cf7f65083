package dev.drawbridge.ticketing;

import static dev.drawbridge.ticketing.AdmissionFixture.closed;
import static dev.drawbridge.ticketing.AdmissionFixture.closedOn;
import static dev.drawbridge.ticketing.AdmissionFixture.day;
import static dev.drawbridge.ticketing.AdmissionFixture.timed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotChoiceTest {

    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
    private static final Instant DAYS_BEFORE = Instant.parse("2026-11-20T12:00:00Z");
    private static final Admission STRICT = timed(Duration.ZERO);
    private static final Admission TOLERANT = timed(Duration.ofMinutes(30));

    @ParameterizedTest
    @CsvSource({"10:59:59, 10:00", "11:00:00, 11:00", "11:00:01, 11:00", "11:59:59, 11:00", "12:00:00, none"})
    void a_visit_is_bound_to_the_slot_that_its_time_falls_into(String time, String bound) {
        assertThat(chosen(STRICT, time, slot("10:00", "11:00"), slot("11:00", "12:00")))
                .isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({"10:29:59, 10:00", "10:30:00, 10:30", "10:59:59, 10:30", "11:00:00, 10:30"})
    void of_overlapping_slots_the_later_start_is_bound(String time, String bound) {
        assertThat(chosen(STRICT, time, slot("10:30", "11:30"), slot("10:00", "11:00")))
                .isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({"13:29:59, none", "13:30:00, 14:00", "13:30:01, 14:00"})
    void a_later_slot_is_near_enough_up_to_the_tolerance(String time, String bound) {
        assertThat(chosen(TOLERANT, time, slot("11:00", "12:00"), slot("14:00", "15:00")))
                .isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({"11:29:59, 11:00", "11:30:00, 11:00", "11:30:01, none"})
    void an_earlier_slot_is_near_enough_up_to_the_tolerance(String time, String bound) {
        assertThat(chosen(TOLERANT, time, slot("11:00", "11:10"), slot("14:00", "15:00")))
                .isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({"11:19:59, 11:00", "11:20:00, 11:40", "11:20:01, 11:40"})
    void of_two_slots_as_near_the_later_is_bound(String time, String bound) {
        assertThat(chosen(TOLERANT, time, slot("11:00", "11:10"), slot("11:40", "11:50")))
                .isEqualTo(bound);
    }

    @Test
    void the_slot_of_the_time_is_bound_even_when_another_starts_nearer() {
        assertThat(chosen(TOLERANT, "11:55:00", slot("11:00", "12:00"), slot("12:00", "13:00")))
                .isEqualTo("11:00");
    }

    @Test
    void a_full_slot_is_bound_like_any_other() {
        Slot full = slot("11:00", "12:00", 20, 20, false);
        assertThat(chosen(TOLERANT, "11:10:00", full, slot("11:30", "12:30"))).isEqualTo("11:00");
    }

    @Test
    void without_tolerance_only_a_slot_that_starts_at_that_time_replaces_a_closed_one() {
        assertThat(chosen(STRICT, "11:00:00", closedSlot("11:00", "12:00"))).isEqualTo("none");
        assertThat(chosen(STRICT, "11:30:00", closedSlot("11:00", "12:00"), slot("12:00", "13:00")))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"11:29:59, 10:59", "11:30:00, 12:01", "11:30:01, 12:01"})
    void for_a_closed_slot_the_nearest_open_one_is_bound(String time, String bound) {
        Admission patient = timed(Duration.ofHours(2));
        assertThat(chosen(patient, time, slot("10:59", "11:00"), closedSlot("11:00", "12:00"), slot("12:01", "13:00")))
                .isEqualTo(bound);
    }

    @Test
    void when_the_later_of_overlapping_slots_is_closed_the_nearest_open_one_is_bound() {
        Slot[] slots = {slot("10:00", "11:30"), closedSlot("11:00", "12:00"), slot("11:30", "12:30")};
        assertThat(chosen(TOLERANT, "11:10:00", slots)).isEqualTo("11:30");
        assertThat(chosen(STRICT, "11:10:00", slots)).isEqualTo("none");
    }

    @Test
    void a_closed_slot_is_never_bound_as_the_nearest() {
        assertThat(chosen(TOLERANT, "10:50:00", closedSlot("11:00", "12:00"))).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T09:59:59.999Z, 10:00", "2026-11-23T10:00:00.000Z, none", "2026-11-23T10:00:00.001Z, none"})
    void a_slot_that_has_ended_is_no_slot(Instant now, String bound) {
        assertThat(chosen(STRICT, "10:30:00", now, slot("10:00", "11:00"))).isEqualTo(bound);
    }

    @Test
    void a_slot_that_is_under_way_is_bound_also_for_a_time_that_has_passed() {
        Instant tenToEleven = Instant.parse("2026-11-23T09:50:00Z");
        assertThat(chosen(STRICT, "10:00:00", tenToEleven, slot("10:00", "11:00")))
                .isEqualTo("10:00");
    }

    @Test
    void for_a_slot_that_has_ended_the_nearest_open_one_is_bound() {
        Instant atEleven = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(chosen(TOLERANT, "10:45:00", atEleven, slot("10:30", "11:00"), slot("11:00", "11:30")))
                .isEqualTo("11:00");
    }

    @ParameterizedTest
    @CsvSource({"00:00:00", "09:00:00", "23:59:59"})
    void a_day_admission_binds_the_slot_of_the_day_whatever_the_time(String time) {
        assertThat(chosen(day(), time, slot("08:00", "20:00"))).isEqualTo("08:00");
    }

    @Test
    void a_day_admission_whose_slot_is_closed_or_over_binds_none() {
        assertThat(chosen(day(), "09:00:00", closedSlot("08:00", "20:00"))).isEqualTo("none");
        assertThat(chosen(day(), "09:00:00", Instant.parse("2026-11-23T19:00:00Z"), slot("08:00", "20:00")))
                .isEqualTo("none");
    }

    @Test
    void a_retired_admission_binds_none() {
        assertThat(chosen(closed(TOLERANT), "11:00:00", slot("11:00", "12:00"))).isEqualTo("none");
        assertThat(chosen(closed(day()), "11:00:00", slot("11:00", "12:00"))).isEqualTo("none");
    }

    @Test
    void a_closed_day_binds_none() {
        assertThat(chosen(closedOn(TOLERANT, MONDAY), "11:00:00", slot("11:00", "12:00")))
                .isEqualTo("none");
        assertThat(chosen(closedOn(TOLERANT, MONDAY.plusDays(1)), "11:00:00", slot("11:00", "12:00")))
                .isEqualTo("11:00");
    }

    @Test
    void a_day_without_slots_binds_none() {
        assertThat(chosen(TOLERANT, "11:00:00")).isEqualTo("none");
        assertThat(chosen(day(), "11:00:00")).isEqualTo("none");
    }

    /** When the clocks go back, the slot 02:30 lasts one and a half hours; on the clock it ends at 03:00. */
    @ParameterizedTest
    @CsvSource({"02:59:59, 02:30", "03:00:00, none", "03:00:01, none"})
    void a_slot_ends_on_the_clock_also_when_the_clocks_go_back(String time, String bound) {
        LocalDate autumn = LocalDate.parse("2027-10-31");
        var slot = new Slot(
                UUID.randomUUID(),
                "tour",
                autumn,
                LocalTime.parse("02:30"),
                Instant.parse("2027-10-31T00:30:00Z"),
                Instant.parse("2027-10-31T02:00:00Z"),
                20,
                0,
                false);
        assertThat(chosen(STRICT, time, slot)).isEqualTo(bound);
    }

    private static String chosen(Admission admission, String time, Slot... slots) {
        return chosen(admission, time, DAYS_BEFORE, slots);
    }

    private static String chosen(Admission admission, String time, Instant now, Slot... slots) {
        return SlotChoice.choose(admission, List.of(slots), LocalTime.parse(time), COPENHAGEN, now)
                .map(slot -> slot.start().toString())
                .orElse("none");
    }

    private static Slot slot(String start, String end) {
        return slot(start, end, 20, 0, false);
    }

    private static Slot closedSlot(String start, String end) {
        return slot(start, end, 20, 0, true);
    }

    private static Slot slot(String start, String end, int capacity, int taken, boolean closed) {
        LocalTime starts = LocalTime.parse(start);
        return new Slot(
                UUID.randomUUID(),
                "tour",
                MONDAY,
                starts,
                MONDAY.atTime(starts).atZone(COPENHAGEN).toInstant(),
                MONDAY.atTime(LocalTime.parse(end)).atZone(COPENHAGEN).toInstant(),
                capacity,
                taken,
                closed);
    }
}
