package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of an admission's {@code schedules}. */
class ScheduleSetupTest {

    @Test
    void a_row_of_a_timed_admission_says_when_its_slots_are() {
        assertThat(violationsOfTimed("{capacity: 20}"))
                .containsExactly(
                        "/schedules/0/from required", "/schedules/0/until required", "/schedules/0/every required");
        assertThat(violationsOfTimed("{at: ['11:00'], capacity: 20}")).containsExactly("/schedules/0/lasts required");
        assertThat(violationsOfTimed("{at: [], lasts: 'PT1H', capacity: 20}"))
                .containsExactly("/schedules/0/at out_of_range");
        assertThat(violationsOfTimed("{at: ['11:00', '11:00'], lasts: 'PT1H', capacity: 20}"))
                .containsExactly("/schedules/0/at/1 duplicate_value");
    }

    @Test
    void a_value_of_another_type_is_refused_once() {
        assertThat(violationsOfTimed("{weekdays: 'MON', at: '11:00', lasts: 60, capacity: 20, validFrom: 2027}"))
                .containsExactly(
                        "/schedules/0/weekdays wrong_type",
                        "/schedules/0/at wrong_type",
                        "/schedules/0/lasts wrong_type",
                        "/schedules/0/validFrom wrong_type");
    }

    @Test
    void null_is_the_same_as_left_out() {
        String row = "{weekdays: null, at: null, from: '09:00', until: '18:00', every: 'PT1H', lasts: null,"
                + " capacity: 20, validFrom: null, validUntil: null}";
        assertThat(violationsOfTimed(row)).isEmpty();
    }

    @Test
    void starts_and_intervals_do_not_go_together() {
        assertThat(violationsOfTimed(
                        "{at: ['11:00'], lasts: 'PT1H', from: '09:00', until: '18:00', every: 'PT1H', capacity: 20}"))
                .containsExactly(
                        "/schedules/0/from not_allowed",
                        "/schedules/0/until not_allowed",
                        "/schedules/0/every not_allowed");
    }

    @Test
    void a_row_of_a_day_admission_is_one_slot() {
        assertThat(violations("""
                {code: 'GARDEN', entry: 'DAY',
                 schedules: [{at: ['09:00'], from: '08:00', until: '20:00', every: 'PT1H', lasts: 'PT1H',
                              capacity: 20}]}"""))
                .containsExactly(
                        "/schedules/0/at not_allowed",
                        "/schedules/0/every not_allowed",
                        "/schedules/0/lasts not_allowed");
    }

    @Test
    void a_slot_without_capacity_is_refused() {
        assertThat(violationsOfTimed("{at: ['11:00'], lasts: 'PT1H'}"))
                .containsExactly("/schedules/0/capacity required");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "999999998, true", "999999999, true", "1000000000, false"})
    void a_capacity_is_within_bounds(long capacity, boolean accepted) {
        assertThat(violationsOfTimed("{at: ['11:00'], lasts: 'PT1H', capacity: " + capacity + "}")
                        .isEmpty())
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"08:59, false", "09:00, false", "09:01, true", "23:59, true", "24:00, true", "24:01, false"})
    void opening_hours_end_after_their_start_and_by_midnight(String until, boolean accepted) {
        assertThat(violationsOfTimed("{from: '09:00', until: '" + until + "', every: 'PT1M', capacity: 20}")
                        .isEmpty())
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"PT59M, true", "PT60M, true", "PT61M, false"})
    void nothing_crosses_midnight(String lasts, boolean accepted) {
        assertThat(violationsOfTimed("{at: ['22:00', '23:00'], lasts: '" + lasts + "', capacity: 20}"))
                .isEqualTo(accepted ? List.of() : List.of("/schedules/0/lasts out_of_range"));
    }

    @ParameterizedTest
    @CsvSource({"PT59M, true", "PT60M, true", "PT61M, false"})
    void one_slot_at_least_fits_into_the_opening_hours(String every, boolean accepted) {
        assertThat(violationsOfTimed("{from: '09:00', until: '10:00', every: '" + every + "', capacity: 20}"))
                .isEqualTo(accepted ? List.of() : List.of("/schedules/0/every out_of_range"));
        assertThat(violationsOfTimed(
                        "{from: '09:00', until: '10:00', every: 'PT5M', lasts: '" + every + "', capacity: 20}"))
                .isEqualTo(accepted ? List.of() : List.of("/schedules/0/lasts out_of_range"));
    }

    @Test
    void a_slot_lasts_as_long_as_its_interval_unless_the_row_says_otherwise() {
        assertThat(timed("{from: '09:00', until: '24:00', every: 'PT5H', capacity: 20}")
                        .schedules()
                        .getFirst()
                        .openings())
                .containsExactly(opening("09:00", "PT5H"), opening("14:00", "PT5H"), opening("19:00", "PT5H"));
        assertThat(timed("{from: '09:00', until: '24:00', every: 'PT5H', lasts: 'PT6H', capacity: 20}")
                        .schedules()
                        .getFirst()
                        .openings())
                .containsExactly(opening("09:00", "PT6H"), opening("14:00", "PT6H"));
    }

    @ParameterizedTest
    @CsvSource({"PT59S, out_of_range", "PT60S, ", "PT61S, invalid_format", "PT0S, out_of_range", "P1DT1M, out_of_range"
    })
    void slots_start_and_end_at_whole_minutes(String every, String code) {
        assertThat(violationsOfTimed("{from: '00:00', until: '24:00', every: '" + every + "', capacity: 20}"))
                .isEqualTo(code == null ? List.of() : List.of("/schedules/0/every " + code));
    }

    @ParameterizedTest
    @CsvSource({"2027-05-31, false", "2027-06-01, true", "2027-06-02, true"})
    void a_row_is_valid_for_a_day_at_least(String validUntil, boolean accepted) {
        assertThat(violationsOfTimed(
                        "{at: ['11:00'], lasts: 'PT1H', capacity: 20, validFrom: '2027-06-01', validUntil: '"
                                + validUntil + "'}"))
                .isEqualTo(accepted ? List.of() : List.of("/schedules/0/validUntil out_of_range"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9:00", "09:00:00", "24:00", "09.00", "٠٩:٠٠"})
    void a_time_of_day_has_one_form(String from) {
        assertThat(violationsOfTimed("{from: '" + from + "', until: '18:00', every: 'PT1H', capacity: 20}"))
                .containsExactly("/schedules/0/from invalid_format");
    }

    @Test
    void two_rows_with_the_same_start_on_a_common_day_are_in_conflict() {
        String rows = """
                {weekdays: ['MON', 'TUE'], at: ['11:00'], lasts: 'PT1H', capacity: 20},
                {weekdays: ['TUE', 'WED'], from: '09:00', until: '18:00', every: 'PT30M', capacity: 20}""";
        assertThat(violationsOfTimed(rows)).containsExactly("/schedules/1 conflict");
    }

    @Test
    void overlapping_slots_with_different_starts_are_no_conflict() {
        String rows = """
                {at: ['11:00'], lasts: 'PT1H', capacity: 20}, {at: ['11:30'], lasts: 'PT1H', capacity: 20}""";
        assertThat(violationsOfTimed(rows)).isEmpty();
    }

    @Test
    void the_same_start_on_different_weekdays_is_no_conflict() {
        assertThat(violationsOfTimed("""
                {weekdays: ['MON'], at: ['11:00'], lasts: 'PT1H', capacity: 20},
                {weekdays: ['SAT', 'SUN'], at: ['11:00'], lasts: 'PT1H', capacity: 40}""")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2027-05-30, false", "2027-05-31, false", "2027-06-01, true"})
    void the_same_start_in_seasons_that_do_not_meet_is_no_conflict(String validUntil, boolean conflict) {
        assertThat(violationsOfTimed("""
                {at: ['11:00'], lasts: 'PT1H', capacity: 20, validUntil: '%s'},
                {at: ['11:00'], lasts: 'PT2H', capacity: 20, validFrom: '2027-06-01'}""".formatted(validUntil)))
                .isEqualTo(conflict ? List.of("/schedules/1 conflict") : List.of());
    }

    /** 2027-06-05 is the only Saturday of both seasons. */
    @Test
    void the_same_start_on_a_single_common_day_is_a_conflict_unless_that_day_is_closed() {
        String rows = """
                {weekdays: ['SAT'], at: ['11:00'], lasts: 'PT1H', capacity: 20, validUntil: '2027-06-05'},
                {weekdays: ['SAT'], at: ['11:00'], lasts: 'PT1H', capacity: 30, validFrom: '2027-05-30'}""";
        assertThat(violationsOfTimed(rows)).containsExactly("/schedules/1 conflict");
        assertThat(violations("{code: 'TOUR', entry: 'TIMED', schedules: [" + rows + "], closedOn: ['2027-06-05']}"))
                .isEmpty();
        assertThat(violations("{code: 'TOUR', entry: 'TIMED', schedules: [" + rows + "], closedOn: ['2027-06-04']}"))
                .containsExactly("/schedules/1 conflict");
    }

    @Test
    void two_slots_of_a_day_admission_on_one_day_are_in_conflict_whatever_their_start() {
        String garden = """
                {code: 'GARDEN', entry: 'DAY',
                 schedules: [{weekdays: ['SAT', 'SUN'], from: '08:00', until: '20:00', capacity: 5000},
                             {weekdays: ['MON', 'FRI'], from: '09:00', until: '18:00', capacity: 5000},
                             {weekdays: ['SUN', 'MON'], from: '10:00', until: '12:00', capacity: 5000}]}""";
        assertThat(violations(garden)).containsExactly("/schedules/2 conflict");
    }

    private static List<String> violationsOfTimed(String rows) {
        return violations("{code: 'TOUR', entry: 'TIMED', schedules: [" + rows + "]}");
    }

    private static Admission timed(String rows) {
        return admission("{code: 'TOUR', entry: 'TIMED', schedules: [" + rows + "]}");
    }

    private static Schedule.Opening opening(String start, String lasts) {
        return new Schedule.Opening(LocalTime.parse(start), Duration.parse(lasts));
    }

    private static Admission admission(String entry) {
        return SetupEntry.valid(entry, TicketingSetup::readAdmission);
    }

    private static List<String> violations(String entry) {
        return SetupEntry.read(entry, TicketingSetup::readAdmission).refused();
    }
}
