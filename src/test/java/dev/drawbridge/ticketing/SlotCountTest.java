package dev.drawbridge.ticketing;

import static dev.drawbridge.ticketing.AdmissionFixture.at;
import static dev.drawbridge.ticketing.AdmissionFixture.between;
import static dev.drawbridge.ticketing.AdmissionFixture.closed;
import static dev.drawbridge.ticketing.AdmissionFixture.days;
import static dev.drawbridge.ticketing.AdmissionFixture.every;
import static dev.drawbridge.ticketing.AdmissionFixture.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Violations;
import dev.drawbridge.ticketing.SlotCalendar.SlotCount;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setup has so many slots at most as can be planned while somebody waits. */
class SlotCountTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @Test
    void slots_of_each_day_and_admission_count() {
        Admission tour = timed(at(AN_HOUR, 20, "10:00", "14:00"), at(days(DayOfWeek.SUNDAY), AN_HOUR, 20, "16:00"));

        assertThat(SlotCount.most(List.of(tour), 7)).isEqualTo(15);
        assertThat(SlotCount.most(List.of(tour, tour), 14)).isEqualTo(60);
        assertThat(SlotCount.most(List.of(tour), 1)).isEqualTo(3);
        assertThat(SlotCount.most(List.of(), 7)).isZero();
    }

    @Test
    void a_closed_admission_has_none() {
        assertThat(SlotCount.most(List.of(closed(timed(at(AN_HOUR, 20, "10:00")))), 7))
                .isZero();
    }

    @Test
    void of_seasons_only_those_count_that_are_on_sale_at_once() {
        Admission seasons = timed(
                at(between("2027-01-01", "2027-01-10"), AN_HOUR, 20, "10:00"),
                at(between("2027-02-01", "2027-02-10"), AN_HOUR, 20, "10:00", "12:00"),
                at(between("1987-01-01", "1987-12-31"), AN_HOUR, 20, "10:00"),
                at(between("9999-01-01", "9999-12-31"), AN_HOUR, 20, "10:00"));

        assertThat(SlotCount.most(List.of(seasons), 5)).isEqualTo(10);
        assertThat(SlotCount.most(List.of(seasons), 41)).isEqualTo(30);
        assertThat(SlotCount.most(List.of(seasons), 36)).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({"397, true", "398, true", "399, false"})
    void a_million_are_allowed_from_today_to_the_day_after_the_last_of_sale(int horizonDays, boolean accepted) {
        // 1,250 a day, twice
        Admission busy = timed(every(Duration.ofMinutes(1), "00:00", Duration.ofMinutes(1_250)));

        assertThat(refused(Period.ofDays(horizonDays), busy, busy)).isEqualTo(accepted ? List.of() : TOO_MANY);
    }

    @Test
    void a_month_of_the_horizon_is_a_long_one() {
        Admission busy = timed(every(Duration.ofMinutes(1), "00:00", Duration.ofMinutes(1_000)));

        assertThat(SlotPlanning.daysOf(Period.ofMonths(2))).isEqualTo(62 + 2);
        assertThat(refused(Period.ofYears(2), busy)).isEmpty();
        assertThat(refused(Period.ofYears(3), busy)).isEqualTo(TOO_MANY);
    }

    private static final List<String> TOO_MANY = List.of("/admissions out_of_range");

    private static List<String> refused(Period saleHorizon, Admission... admissions) {
        var violations = new Violations();
        TicketingSetup.refuseTooManySlots(
                List.of(admissions).stream()
                        .map(admission -> new Located<>("/admissions/0", admission))
                        .toList(),
                saleHorizon,
                violations);
        return SetupEntry.refusedOf(violations);
    }
}
