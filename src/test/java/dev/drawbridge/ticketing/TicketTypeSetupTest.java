package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.numbers.Series;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violations;
import java.time.Period;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Entries of the list {@code ticketTypes}. */
class TicketTypeSetupTest {

    @Test
    void the_day_pass_opens_two_admissions_in_their_order() {
        TicketType pass = ticketType("""
                {code: 'DAYPASS', registration: 'INDIVIDUAL', admissions: ['CASTLE', 'GARDEN'],
                 numberPattern: 'DAY-[X*10]'}""");
        assertThat(pass.code()).isEqualTo("DAYPASS");
        assertThat(pass.key()).isEqualTo("daypass");
        assertThat(pass.group()).isFalse();
        assertThat(pass.admissionKeys()).containsExactly("castle", "garden");
        assertThat(pass.validity()).isEmpty();
        assertThat(pass.retired()).isFalse();
        assertThat(pass.numbering().series()).isEmpty();
    }

    @Test
    void a_group_ticket_admits_many() {
        TicketType group = ticketType("""
                {code: 'GROUP', registration: 'GROUP', admissions: ['CASTLE'], numberPattern: 'GRP-[X*10]'}""");
        assertThat(group.group()).isTrue();
    }

    @Test
    void a_parking_ticket_has_a_series_and_a_validity() {
        TicketType parking = ticketType("""
                {code: 'PARK', registration: 'INDIVIDUAL', admissions: ['PARKING'], numberPattern: 'PRK-[S]',
                 series: {next: 1, digits: 8}, validity: 'P7D', retired: true}""");
        assertThat(parking.numbering().series()).contains(new Series(1, 8));
        assertThat(parking.numbering().seriesName()).isEqualTo("ticket_type:park");
        assertThat(parking.validity()).contains(Period.ofDays(7));
        assertThat(parking.retired()).isTrue();
    }

    @Test
    void code_registration_admissions_and_pattern_are_required() {
        assertThat(violations("{}"))
                .containsExactly(
                        "/code required", "/registration required", "/admissions required", "/numberPattern required");
    }

    @Test
    void all_violations_are_found_together_in_document_order() {
        assertThat(violations("""
                {code: 'A code that is far too long', registration: 'CROWD', admissions: ['CASTLE', 7, 'castle'],
                 numberPattern: 'PRK-[S]', validity: 'P0D', retired: 1, colour: 'red'}"""))
                .containsExactly(
                        "/code too_long",
                        "/registration invalid_format",
                        "/admissions/1 wrong_type",
                        "/admissions/2 duplicate_value",
                        "/series required",
                        "/validity out_of_range",
                        "/retired wrong_type",
                        "/colour unknown_property");
    }

    @Test
    void admissions_that_are_no_list_are_refused_once() {
        assertThat(violations("{code: 'T', registration: 'GROUP', admissions: 'CASTLE', numberPattern: 'T-[X*10]'}"))
                .containsExactly("/admissions wrong_type");
    }

    @Test
    void a_series_without_its_place_in_the_pattern_is_refused() {
        assertThat(violations("""
                {code: 'PARK', registration: 'INDIVIDUAL', admissions: ['PARKING'], numberPattern: 'PRK-[X*10]',
                 series: {next: 1, digits: 8}}""")).containsExactly("/series not_allowed");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "19, true", "20, true", "21, false"})
    void a_ticket_opens_from_1_to_20_admissions(int count, boolean accepted) {
        List<String> codes = IntStream.range(0, count)
                .mapToObj(number -> "'A" + number + "'")
                .toList();
        assertThat(violations(
                        "{code: 'T', registration: 'GROUP', admissions: " + codes + ", numberPattern: 'T-[X*10]'}"))
                .isEqualTo(accepted ? List.of() : List.of("/admissions out_of_range"));
    }

    @Test
    void an_admission_that_is_not_there_is_an_unknown_reference() {
        var pass = new Located<>("/ticketTypes/3", ticketType("""
                {code: 'DAYPASS', registration: 'INDIVIDUAL', admissions: ['CASTLE', 'POND'],
                 numberPattern: 'DAY-[X*10]'}"""));
        var violations = new Violations();
        TicketingSetup.crossCheck(List.of(pass), Set.of("castle", "garden"), violations);
        Assertions.assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> violations.throwIfAny(
                        JsonMapper.shared().readTree("{\"ticketTypes\": [{}, {}, {}, {\"admissions\": [1, 2]}]}")))
                .satisfies(problem -> assertThat(problem.details())
                        .extracting(violation -> violation.field() + " " + violation.code())
                        .containsExactly("/ticketTypes/3/admissions/1 unknown_reference"));
    }

    @Test
    void admissions_that_are_there_in_any_case_are_known() {
        var pass = new Located<>("/ticketTypes/0", ticketType("""
                {code: 'DAYPASS', registration: 'INDIVIDUAL', admissions: ['Castle', 'GARDEN'],
                 numberPattern: 'DAY-[X*10]'}"""));
        var violations = new Violations();
        TicketingSetup.crossCheck(List.of(pass), Set.of("castle", "garden"), violations);
        assertThat(violations.isEmpty()).isTrue();
    }

    private static TicketType ticketType(String entry) {
        return SetupEntry.valid(entry, TicketingSetup::readTicketType);
    }

    private static List<String> violations(String entry) {
        return SetupEntry.read(entry, TicketingSetup::readTicketType).refused();
    }
}
