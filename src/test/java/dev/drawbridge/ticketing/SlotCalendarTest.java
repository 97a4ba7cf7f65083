package dev.drawbridge.ticketing;

import static dev.drawbridge.ticketing.AdmissionFixture.HALF_AN_HOUR;
import static dev.drawbridge.ticketing.AdmissionFixture.at;
import static dev.drawbridge.ticketing.AdmissionFixture.between;
import static dev.drawbridge.ticketing.AdmissionFixture.closed;
import static dev.drawbridge.ticketing.AdmissionFixture.closedOn;
import static dev.drawbridge.ticketing.AdmissionFixture.day;
import static dev.drawbridge.ticketing.AdmissionFixture.days;
import static dev.drawbridge.ticketing.AdmissionFixture.every;
import static dev.drawbridge.ticketing.AdmissionFixture.timed;
import static dev.drawbridge.ticketing.AdmissionFixture.wholeDay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotCalendarTest {

    private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration A_DAY = Duration.ofDays(1);

    @Test
    void opening_hours_are_filled_with_slots_of_the_interval() {
        assertThat(starts(timed(every(HALF_AN_HOUR, "09:00", AN_HOUR)), "2026-11-23"))
                .containsExactly("09:00", "09:30");
    }

    @ParameterizedTest
    @ValueSource(ints = {119, 120, 121})
    void the_last_slot_ends_at_or_before_the_opening_hours(int openMinutes) {
        Admission tour = timed(every(HALF_AN_HOUR, AN_HOUR, "09:00", Duration.ofMinutes(openMinutes)));
        assertThat(starts(tour, "2026-11-23").getLast()).isEqualTo(openMinutes < 120 ? "09:30" : "10:00");
    }

    @Test
    void slots_may_overlap_when_they_last_longer_than_their_interval() {
        assertThat(ends(timed(every(HALF_AN_HOUR, AN_HOUR, "09:00", Duration.ofMinutes(90))), "2026-11-23", COPENHAGEN))
                .containsExactly("09:00 2026-11-23T08:00:00Z PT1H", "09:30 2026-11-23T08:30:00Z PT1H");
    }

    @Test
    void opening_hours_shorter_than_a_slot_give_none() {
        assertThat(starts(timed(every(AN_HOUR, "09:00", HALF_AN_HOUR)), "2026-11-23"))
                .isEmpty();
    }

    @Test
    void a_slot_may_end_at_midnight() {
        assertThat(starts(timed(every(AN_HOUR, "22:00", TWO_HOURS)), "2026-11-23"))
                .containsExactly("22:00", "23:00");
        assertThat(starts(timed(every(A_DAY, "00:00", A_DAY)), "2026-11-23")).containsExactly("00:00");
    }

    @Test
    void a_day_has_the_slots_of_all_rows_that_cover_it_by_start() {
        Admission tour = timed(
                at(days(DayOfWeek.SATURDAY), AN_HOUR, 20, "17:00"),
                at(days(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), AN_HOUR, 20, "15:00", "11:00", "13:00"));
        assertThat(starts(tour, "2026-11-20")).isEmpty();
        assertThat(starts(tour, "2026-11-21")).containsExactly("11:00", "13:00", "15:00", "17:00");
        assertThat(starts(tour, "2026-11-22")).containsExactly("11:00", "13:00", "15:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-06-01", "2027-06-02", "2027-08-31"})
    void a_row_covers_both_ends_of_its_validity(String date) {
        assertThat(starts(timed(at(between("2027-06-01", "2027-08-31"), AN_HOUR, 20, "17:00")), date))
                .containsExactly("17:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-05-31", "2027-09-01"})
    void a_row_covers_no_day_outside_its_validity(String date) {
        assertThat(starts(timed(at(between("2027-06-01", "2027-08-31"), AN_HOUR, 20, "17:00")), date))
                .isEmpty();
    }

    @Test
    void a_day_admission_has_one_slot_a_day() {
        assertThat(ends(day(wholeDay("08:00", Duration.ofHours(12))), "2026-11-23", COPENHAGEN))
                .containsExactly("08:00 2026-11-23T07:00:00Z PT12H");
    }

    @Test
    void a_closed_day_has_no_slots() {
        Admission tour = closedOn(timed(at(AN_HOUR, 20, "11:00")), LocalDate.parse("2026-12-24"));
        assertThat(starts(tour, "2026-12-23")).isNotEmpty();
        assertThat(starts(tour, "2026-12-24")).isEmpty();
        assertThat(starts(tour, "2026-12-25")).isNotEmpty();
    }

    @Test
    void a_retired_admission_has_no_slots() {
        assertThat(starts(closed(timed(at(AN_HOUR, 20, "11:00"))), "2026-11-23"))
                .isEmpty();
    }

    @Test
    void both_ends_of_the_days_asked_for_count() {
        List<PlannedSlot> slots = SlotCalendar.slots(
                timed(at(AN_HOUR, 20, "11:00")),
                LocalDate.parse("2026-11-23"),
                LocalDate.parse("2026-11-25"),
                COPENHAGEN);
        assertThat(slots)
                .extracting(slot -> slot.date().toString())
                .containsExactly("2026-11-23", "2026-11-24", "2026-11-25");
    }

    @Test
    void a_slot_carries_capacity_and_row_of_its_schedule() {
        Schedule morning = at(AN_HOUR, 7, "11:00");
        assertThat(SlotCalendar.slots(
                        timed(morning), LocalDate.parse("2026-11-23"), LocalDate.parse("2026-11-23"), COPENHAGEN))
                .singleElement()
                .satisfies(slot -> {
                    assertThat(slot.capacity()).isEqualTo(7);
                    assertThat(slot.schedule()).isEqualTo(morning.written());
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2026-12-23 | 11:00 14:00
                    2026-12-24 |
                    2026-12-25 |
                    2026-12-26 | 11:00 13:00 15:00
                    2027-05-29 | 11:00 13:00 15:00
                    2027-06-05 | 11:00 13:00 15:00 17:00
                    2027-06-06 | 11:00 13:00 15:00
                    2027-08-28 | 11:00 13:00 15:00 17:00
                    2027-09-04 | 11:00 13:00 15:00
                    """)
    void the_castle_guides_tours_as_its_setup_says(String date, @Nullable String starts) {
        Admission tour = SetupEntry.valid("""
                {code: 'TOUR', description: 'Guided tour of the towers', entry: 'TIMED', tolerance: 'PT0S',
                 schedules: [
                   {weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'], at: ['11:00', '14:00'], lasts: 'PT1H', capacity: 20},
                   {weekdays: ['SAT', 'SUN'], at: ['11:00', '13:00', '15:00'], lasts: 'PT1H', capacity: 20},
                   {weekdays: ['SAT'], at: ['17:00'], lasts: 'PT1H', capacity: 20,
                    validFrom: '2027-06-01', validUntil: '2027-08-31'}],
                 closedOn: ['2026-12-24', '2026-12-25']}""", TicketingSetup::readAdmission);
        assertThat(String.join(" ", starts(tour, date))).isEqualTo(starts == null ? "" : starts);
    }

    /** 2027-03-28: after 01:59:59 the clocks show 03:00. */
    @Test
    void in_spring_a_start_that_the_clocks_skip_does_not_exist() {
        assertThat(ends(timed(every(HALF_AN_HOUR, "01:00", Duration.ofMinutes(150))), "2027-03-28", COPENHAGEN))
                .containsExactly(
                        "01:00 2027-03-28T00:00:00Z PT30M",
                        "01:30 2027-03-28T00:30:00Z PT30M",
                        "03:00 2027-03-28T01:00:00Z PT30M");
    }

    @Test
    void in_spring_a_slot_whose_end_the_clocks_skip_ends_at_the_change() {
        assertThat(ends(timed(at(AN_HOUR, 20, "01:15", "01:59")), "2027-03-28", COPENHAGEN))
                .containsExactly("01:15 2027-03-28T00:15:00Z PT45M", "01:59 2027-03-28T00:59:00Z PT1M");
    }

    @Test
    void in_spring_a_slot_over_the_change_is_an_hour_shorter() {
        assertThat(ends(day(wholeDay("00:00", A_DAY)), "2027-03-28", COPENHAGEN))
                .containsExactly("00:00 2027-03-27T23:00:00Z PT23H");
    }

    /** 2027-10-31: after 02:59:59 the clocks show 02:00 again. */
    @Test
    void in_autumn_a_start_that_occurs_twice_is_the_earlier_and_exists_once() {
        assertThat(ends(timed(every(HALF_AN_HOUR, "01:30", TWO_HOURS)), "2027-10-31", COPENHAGEN))
                .containsExactly(
                        "01:30 2027-10-30T23:30:00Z PT30M",
                        "02:00 2027-10-31T00:00:00Z PT30M",
                        "02:30 2027-10-31T00:30:00Z PT1H30M",
                        "03:00 2027-10-31T02:00:00Z PT30M");
    }

    @Test
    void in_autumn_a_slot_over_the_change_is_an_hour_longer() {
        assertThat(ends(day(wholeDay("00:00", A_DAY)), "2027-10-31", COPENHAGEN))
                .containsExactly("00:00 2027-10-30T22:00:00Z PT25H");
    }

    /** 2026-10-04: after 01:59:59 the clocks show 02:30. */
    @Test
    void in_a_southern_spring_half_an_hour_is_skipped() {
        assertThat(ends(timed(every(Duration.ofMinutes(15), "01:45", AN_HOUR)), "2026-10-04", LORD_HOWE))
                .containsExactly("01:45 2026-10-03T15:15:00Z PT15M", "02:30 2026-10-03T15:30:00Z PT15M");
    }

    /** 2027-04-04: after 01:59:59 the clocks show 01:30 again. */
    @Test
    void in_a_southern_autumn_half_an_hour_occurs_twice() {
        assertThat(ends(timed(every(Duration.ofMinutes(15), "01:15", AN_HOUR)), "2027-04-04", LORD_HOWE))
                .containsExactly(
                        "01:15 2027-04-03T14:15:00Z PT15M",
                        "01:30 2027-04-03T14:30:00Z PT15M",
                        "01:45 2027-04-03T14:45:00Z PT45M",
                        "02:00 2027-04-03T15:30:00Z PT15M");
    }

    /** Santiago, 2027-09-05: after 23:59:59 of the day before the clocks show 01:00. */
    @Test
    void a_slot_until_a_midnight_that_the_clocks_skip_ends_at_the_change() {
        ZoneId santiago = ZoneId.of("America/Santiago");
        assertThat(ends(timed(at(AN_HOUR, 20, "23:00")), "2027-09-04", santiago))
                .containsExactly("23:00 2027-09-05T03:00:00Z PT1H");
        assertThat(starts(timed(at(AN_HOUR, 20, "00:00", "01:00")), "2027-09-05", santiago))
                .containsExactly("01:00");
    }

    /** Samoa went from 29 to 31 December 2011. */
    @Test
    void a_day_that_never_was_has_no_slots() {
        assertThat(starts(timed(at(AN_HOUR, 20, "11:00")), "2011-12-30", ZoneId.of("Pacific/Apia")))
                .isEmpty();
    }

    private static List<String> starts(Admission admission, String date) {
        return starts(admission, date, COPENHAGEN);
    }

    private static List<String> starts(Admission admission, String date, ZoneId zone) {
        return slots(admission, date, zone).stream()
                .map(slot -> slot.start().toString())
                .toList();
    }

    private static List<String> ends(Admission admission, String date, ZoneId zone) {
        return slots(admission, date, zone).stream()
                .map(slot ->
                        slot.start() + " " + slot.startsAt() + " " + Duration.between(slot.startsAt(), slot.endsAt()))
                .toList();
    }

    private static List<PlannedSlot> slots(Admission admission, String date, ZoneId zone) {
        return SlotCalendar.slots(admission, LocalDate.parse(date), LocalDate.parse(date), zone);
    }
}
