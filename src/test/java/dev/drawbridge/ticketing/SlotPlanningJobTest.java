package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slots reach as far ahead as orders are taken, whatever happens to the nodes. */
class SlotPlanningJobTest {

    private static final String TOUR = """
            {'code': 'TOUR', 'entry': 'TIMED', 'schedules': [{'at': ['11:00'], 'lasts': 'PT1H', 'capacity': 20}]}""";
    private static final Instant MIDNIGHT_IN_COPENHAGEN = Instant.parse("2026-11-22T23:00:00Z");

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Attraction castle = Attraction.selling("P9D");

    @Test
    void the_job_plans_every_company_that_is_not_planned_yet() {
        castle.setsUp(TOUR);
        Attraction palace = Attraction.selling("P9D");
        palace.setsUp(TOUR);

        assertThat(Attraction.bean(SlotPlanningJob.class).runOnce()).isFalse();

        assertThat(castle.slots("tour")).isNotEmpty();
        assertThat(palace.slots("tour")).isNotEmpty();
    }

    @Test
    void a_company_that_cannot_be_planned_does_not_keep_the_others_from_it() {
        castle.setsUp("{'code': 'TOUR', 'entry': 'SOMETIMES'}");
        Attraction palace = Attraction.selling("P9D");
        palace.setsUp(TOUR);

        Attraction.bean(SlotPlanningJob.class).runOnce();

        assertThat(palace.slots("tour")).isNotEmpty();
        castle.setsUp(TOUR);
    }

    @Test
    void on_a_new_day_of_the_company_the_next_day_is_added() {
        clock.set(MIDNIGHT_IN_COPENHAGEN.minusMillis(1));
        castle.opensWith(TOUR);
        assertThat(lastDay()).isEqualTo("2026-12-02");

        planIfDue();
        assertThat(lastDay()).isEqualTo("2026-12-02");

        clock.advance(Duration.ofMillis(1));
        planIfDue();
        assertThat(lastDay()).isEqualTo("2026-12-03");
    }

    @Test
    void after_days_without_a_node_all_days_are_added() {
        clock.set(MIDNIGHT_IN_COPENHAGEN);
        castle.opensWith(TOUR);

        clock.advance(Duration.ofDays(30));
        planIfDue();

        List<LocalDate> days =
                castle.slots("tour").stream().map(known -> known.slot().date()).toList();
        assertThat(days)
                .containsAll(LocalDate.parse("2026-12-23")
                        .datesUntil(LocalDate.parse("2027-01-03"))
                        .toList());
    }

    @Test
    void on_the_same_day_nothing_is_planned_twice() {
        clock.set(MIDNIGHT_IN_COPENHAGEN);
        castle.opensWith(TOUR);
        castle.inDatabase(jdbc -> jdbc.sql("delete from ticketing.slots").update());

        planIfDue();

        assertThat(castle.slots("tour")).isEmpty();
    }

    @Test
    void what_a_node_left_that_died_after_it_had_stored_a_setup_is_planned() {
        clock.set(MIDNIGHT_IN_COPENHAGEN);
        castle.opensWith(TOUR);
        castle.setsUp(TOUR, TOUR.replace("TOUR", "CASTLE"));

        planIfDue();

        assertThat(castle.slots("castle")).hasSameSizeAs(castle.slots("tour"));
    }

    @Test
    void what_a_node_left_that_died_while_planning_is_planned() {
        clock.set(MIDNIGHT_IN_COPENHAGEN);
        castle.setsUp(TOUR);
        castle.within(transaction -> {
            Attraction.bean(SlotPlanStore.class).begin(transaction);
            return transaction;
        });

        planIfDue();

        assertThat(castle.slots("tour")).hasSize(11);
    }

    private void planIfDue() {
        Attraction.bean(SlotPlanning.class).planIfDue(castle.id());
    }

    private String lastDay() {
        return castle.slots("tour").getLast().slot().date().toString();
    }
}
