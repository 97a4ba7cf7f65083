package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of the list {@code admissions}. */
class AdmissionSetupTest {

    @Test
    void the_castle_takes_guests_in_every_half_hour() {
        Admission castle = admission("""
                {code: 'CASTLE', description: 'Castle', entry: 'TIMED', tolerance: 'PT30M', entryFrom: 'PT20M',
                 schedules: [{weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'],
                              from: '09:00', until: '18:00', every: 'PT30M', capacity: 250}]}""");
        assertThat(castle.code()).isEqualTo("CASTLE");
        assertThat(castle.key()).isEqualTo("castle");
        assertThat(castle.description()).isEqualTo("Castle");
        assertThat(castle.entry()).isEqualTo(EntryKind.TIMED);
        assertThat(castle.tolerance()).isEqualTo(Duration.ofMinutes(30));
        assertThat(castle.entryFrom()).isEqualTo(Duration.ofMinutes(20));
        assertThat(castle.closed()).isFalse();
        assertThat(castle.schedules()).singleElement().satisfies(row -> {
            assertThat(row.capacity()).isEqualTo(250);
            assertThat(row.openings()).hasSize(18);
            assertThat(row.openings().getFirst()).isEqualTo(opening("09:00", "PT30M"));
            assertThat(row.openings().getLast()).isEqualTo(opening("17:30", "PT30M"));
        });
    }

    @Test
    void the_tour_starts_at_fixed_times_and_more_often_in_summer() {
        Admission tour = admission("""
                {code: 'TOUR', description: 'Guided tour of the towers', entry: 'TIMED', tolerance: 'PT0S',
                 schedules: [{weekdays: ['MON', 'TUE'], at: ['14:00', '11:00'], lasts: 'PT1H', capacity: 20},
                             {weekdays: ['SAT'], at: ['17:00'], lasts: 'PT1H', capacity: 20,
                              validFrom: '2027-06-01', validUntil: '2027-08-31'}],
                 closedOn: ['2026-12-24', '2026-12-25']}""");
        assertThat(tour.tolerance()).isZero();
        assertThat(tour.entryFrom()).isEqualTo(Duration.ofMinutes(15));
        assertThat(tour.closedOn())
                .containsExactlyInAnyOrder(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-25"));
        assertThat(tour.schedules().getFirst().openings())
                .containsExactly(opening("11:00", "PT1H"), opening("14:00", "PT1H"));
        assertThat(tour.schedules().getLast().days().weekdays()).containsExactly(DayOfWeek.SATURDAY);
        assertThat(tour.schedules().getLast().days().validFrom()).contains(LocalDate.parse("2027-06-01"));
        assertThat(tour.schedules().getLast().days().validUntil()).contains(LocalDate.parse("2027-08-31"));
    }

    @Test
    void the_garden_has_one_slot_a_day() {
        Admission garden = admission("""
                {code: 'GARDEN', entry: 'DAY', schedules: [{from: '08:00', until: '20:00', capacity: 5000}]}""");
        assertThat(garden.entry()).isEqualTo(EntryKind.DAY);
        assertThat(garden.description()).isEqualTo("GARDEN");
        assertThat(garden.schedules()).singleElement().satisfies(row -> {
            assertThat(row.openings()).containsExactly(opening("08:00", "PT12H"));
            assertThat(row.days().weekdays()).containsExactlyInAnyOrder(DayOfWeek.values());
        });
    }

    @Test
    void the_car_park_is_open_and_has_no_slots() {
        Admission parking = admission("{code: 'PARKING', description: 'Parking', entry: 'OPEN'}");
        assertThat(parking.entry()).isEqualTo(EntryKind.OPEN);
        assertThat(parking.schedules()).isEmpty();
    }

    @Test
    void an_admission_may_be_retired() {
        assertThat(admission("{code: 'TOUR', entry: 'TIMED', closed: true}").closed())
                .isTrue();
    }

    @Test
    void a_row_is_kept_as_it_was_written() {
        Admission garden = admission("""
                {code: 'GARDEN', entry: 'DAY', schedules: [{until: '20:00', from: '08:00',  capacity: 5000}]}""");
        assertThat(garden.schedules().getFirst().written())
                .isEqualTo("{\"until\":\"20:00\",\"from\":\"08:00\",\"capacity\":5000}");
    }

    @Test
    void code_and_entry_are_required() {
        assertThat(violations("{}")).containsExactly("/code required", "/entry required");
    }

    @Test
    void all_violations_are_found_together_in_document_order() {
        assertThat(violations("""
                {code: ' TOUR', entry: 'SOMETIMES', tolerance: '30 minutes', closed: 'no', colour: 'red',
                 schedules: [{weekdays: ['MON', 'MON', 'Tuesday', 3], at: ['11:00', '25:00', 9], lasts: 'PT1H',
                              capacity: '20', places: 4},
                             'every day'],
                 closedOn: ['2026-02-30', 20261224, '2026-12-24', '2026-12-24']}"""))
                .containsExactly(
                        "/code invalid_format",
                        "/entry invalid_format",
                        "/tolerance invalid_format",
                        "/closed wrong_type",
                        "/colour unknown_property",
                        "/schedules/0/weekdays/1 duplicate_value",
                        "/schedules/0/weekdays/2 invalid_format",
                        "/schedules/0/weekdays/3 wrong_type",
                        "/schedules/0/at/1 invalid_format",
                        "/schedules/0/at/2 wrong_type",
                        "/schedules/0/capacity wrong_type",
                        "/schedules/0/places unknown_property",
                        "/schedules/1 wrong_type",
                        "/closedOn/0 invalid_format",
                        "/closedOn/1 wrong_type",
                        "/closedOn/3 duplicate_value");
    }

    @Test
    void a_value_of_another_type_is_refused_once() {
        assertThat(violations("{code: 7, entry: 'TIMED', tolerance: 30, schedules: {}, closedOn: '2026-12-24'}"))
                .containsExactly(
                        "/code wrong_type", "/tolerance wrong_type", "/schedules wrong_type", "/closedOn wrong_type");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT23H59M59S, true", "PT24H, true", "PT24H1S, false"})
    void the_tolerance_is_a_day_at_most(String tolerance, boolean accepted) {
        assertThat(violations("{code: 'TOUR', entry: 'TIMED', tolerance: '" + tolerance + "'}"))
                .isEqualTo(accepted ? List.of() : List.of("/tolerance out_of_range"));
    }

    @Test
    void an_open_admission_has_neither_schedules_nor_closed_days() {
        String parking = """
                {code: 'PARKING', entry: 'OPEN', closedOn: ['2026-12-24'],
                 schedules: [{from: '08:00', until: '20:00', capacity: 5000}]}""";
        assertThat(violations(parking)).containsExactly("/closedOn not_allowed", "/schedules not_allowed");
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
