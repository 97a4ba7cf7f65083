package dev.drawbridge.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.platform.access.Permission;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Slots over HTTP. */
class SlotControllerTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final LocalDate TOMORROW = TODAY.plusDays(1);
    private static final String SLOTS = "/admissions/TOUR/slots";
    private static final String TOUR = """
            {'code': 'TOUR', 'entry': 'TIMED',
             'schedules': [{'at': ['11:00', '14:00'], 'lasts': 'PT1H', 'capacity': 20}]}""";

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final Attraction castle = Attraction.selling("P9D");
    private final Api operator = castle.operator();

    @BeforeEach
    void morningInCopenhagen() {
        clock.set(Instant.parse("2026-11-23T08:00:00Z"));
        castle.opensWith(TOUR, "{'code': 'PARKING', 'entry': 'OPEN'}");
    }

    @Test
    void slots_are_listed_from_today_to_the_last_day_of_sale_by_start() {
        Reply reply = operator.get(SLOTS).is(200);

        assertThat(starts(reply)).hasSize(20).isSorted();
        assertThat(starts(reply).getFirst()).isEqualTo("2026-11-23T10:00:00.000Z");
        assertThat(starts(reply).getLast()).isEqualTo("2026-12-02T13:00:00.000Z");
    }

    @Test
    void a_slot_shows_its_times_and_places() {
        KnownSlot slot = tomorrowAt11();
        castle.sells(slot.id(), 3);

        JsonNode shown = operator.get(SLOTS + "?from=2026-11-24&until=2026-11-24")
                .is(200)
                .json()
                .at("/data/0");

        assertThat(shown.toString()).isEqualTo("""
                        {"slotId":"%s","startsAt":"2026-11-24T10:00:00.000Z","endsAt":"2026-11-24T11:00:00.000Z",\
                        "capacity":20,"taken":3,"closed":false}""".formatted(slot.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "?from=2026-11-24&until=2026-11-24, 2",
        "?from=2026-11-24&until=2026-11-25, 4",
        "?from=2026-12-01, 4",
        "?from=2026-12-02, 2",
        "?from=2026-12-03, 0",
        "?until=2026-11-23, 2",
        "?until=2026-11-22, 0",
        "?until=2999-12-31, 20"
    })
    void days_asked_for_are_inclusive_and_end_with_the_sale(String query, int count) {
        assertThat(starts(operator.get(SLOTS + query).is(200))).hasSize(count);
    }

    @Test
    void past_slots_are_listed_when_asked_for() {
        clock.set(Instant.parse("2026-11-25T08:00:00Z"));

        assertThat(starts(operator.get(SLOTS + "?from=2026-11-23&until=2026-11-24")))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "?from=today, from invalid_format",
        "?until=2026-02-30, until invalid_format",
        "?from=2026-11-25&until=2026-11-24, until out_of_range",
        "?pageSize=0, pageSize out_of_range"
    })
    void what_is_wrong_with_the_query_is_a_violation(String query, String violation) {
        assertThat(operator.get(SLOTS + query)
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly(violation);
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        List<String> ids = new ArrayList<>();
        Reply page = operator.get(SLOTS + "?from=2026-11-24&pageSize=7").is(200);
        ids.addAll(values(page, "slotId"));
        while (page.json().path("morePages").asBoolean()) {
            page = castle.operatorAnywhere().get(page.at("/nextPageURL")).is(200);
            ids.addAll(values(page, "slotId"));
        }

        assertThat(ids)
                .isEqualTo(values(operator.get(SLOTS + "?from=2026-11-24"), "slotId"))
                .hasSize(18);
    }

    @Test
    void the_code_of_an_admission_is_compared_case_insensitively() {
        assertThat(starts(operator.get("/admissions/tour/slots").is(200))).hasSize(20);
    }

    @Test
    void an_open_admission_has_no_slots() {
        assertThat(starts(operator.get("/admissions/PARKING/slots").is(200))).isEmpty();
    }

    @Test
    void an_unknown_admission_is_not_found() {
        operator.get("/admissions/POND/slots").isProblem(404, "resource_not_found");
    }

    @Test
    void a_partner_may_list_slots_but_not_change_them() {
        Api partner = castle.partner();

        partner.get(SLOTS).is(200);
        partner.patch(SLOTS + "/" + tomorrowAt11().id(), "{\"closed\": true}").isProblem(403, "forbidden");
    }

    @Test
    void without_the_permission_ticketing_slots_are_neither_listed_nor_changed() {
        Api clerk = castle.operator(Permission.SETUP);

        clerk.get(SLOTS).isProblem(403, "forbidden");
        clerk.patch(SLOTS + "/" + tomorrowAt11().id(), "{}").isProblem(403, "forbidden");
    }

    @Test
    void an_operator_changes_what_is_named_and_nothing_else() {
        String slot = SLOTS + "/" + tomorrowAt11().id();

        Reply smaller = operator.patch(slot, "{\"capacity\": 7}").is(200);
        assertThat(smaller.json().path("capacity").asInt()).isEqualTo(7);
        assertThat(smaller.json().path("closed").asBoolean()).isFalse();

        Reply closed =
                operator.patch(slot, "{\"closed\": true, \"capacity\": null}").is(200);
        assertThat(closed.json().path("capacity").asInt()).isEqualTo(7);
        assertThat(closed.json().path("closed").asBoolean()).isTrue();

        assertThat(operator.get(SLOTS + "?from=2026-11-24").json().at("/data/0"))
                .isEqualTo(closed.json());
    }

    @Test
    void who_names_nothing_or_what_is_so_already_changes_nothing() {
        String slot = SLOTS + "/" + tomorrowAt11().id();

        operator.patch(slot, "{}").is(200);
        operator.patch(slot, "{\"capacity\": 20, \"closed\": false}").is(200);

        assertThat(tomorrowAt11().changedByHand()).isFalse();
        assertThat(audited()).isEmpty();
    }

    @Test
    void a_change_is_on_the_audit_log() {
        operator.patch(SLOTS + "/" + tomorrowAt11().id(), "{\"capacity\": 7}").is(200);

        assertThat(audited()).singleElement().satisfies(entry -> assertThat(entry)
                .startsWith("slot_changed " + tomorrowAt11().id())
                .contains("\"capacity\": 7", "\"capacityBefore\": 20"));
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true", "4, true"})
    void a_capacity_below_what_is_taken_is_refused(int capacity, boolean accepted) {
        castle.sells(tomorrowAt11().id(), 3);

        Reply reply = operator.patch(SLOTS + "/" + tomorrowAt11().id(), "{\"capacity\": " + capacity + "}");

        if (accepted) {
            reply.is(200);
        } else {
            reply.isProblem(400, "capacity_below_taken");
            assertThat(tomorrowAt11().slot().capacity()).isEqualTo(20);
        }
    }

    @Test
    void all_that_is_wrong_with_a_change_is_said_together() {
        assertThat(operator.patch(
                                SLOTS + "/" + tomorrowAt11().id(),
                                "{\"capacity\": -1, \"closed\": \"yes\", \"colour\": \"red\"}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/capacity out_of_range", "/closed wrong_type");
    }

    @Test
    void an_unknown_property_is_refused_where_the_request_is_strict() {
        String slot = SLOTS + "/" + tomorrowAt11().id();

        operator.patch(slot, "{\"colour\": \"red\"}").is(200);
        assertThat(operator.with("Prefer", "handling=strict")
                        .patch(slot, "{\"colour\": \"red\"}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/colour unknown_property");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "\"7\"", "true"})
    void a_capacity_is_an_integer(String capacity) {
        assertThat(operator.patch(SLOTS + "/" + tomorrowAt11().id(), "{\"capacity\": " + capacity + "}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/capacity wrong_type");
    }

    @Test
    void a_slot_that_is_not_there_is_not_found_whatever_the_change() {
        castle.opensWith(TOUR, TOUR.replace("TOUR", "CASTLE"));
        UUID ofTheCastle = castle.slots("castle").getFirst().id();

        for (String path : List.of(
                SLOTS + "/" + UUID.randomUUID(),
                SLOTS + "/eleven",
                SLOTS + "/" + ofTheCastle,
                "/admissions/POND/slots/" + tomorrowAt11().id())) {
            operator.patch(path, "{\"capacity\": -1}").isProblem(404, "resource_not_found");
        }
    }

    @Test
    void a_slot_of_another_company_is_not_found() {
        Attraction palace = Attraction.selling("P9D");
        palace.opensWith(TOUR);

        operator.patch(SLOTS + "/" + palace.slots("tour").getFirst().id(), "{\"closed\": true}")
                .isProblem(404, "resource_not_found");
    }

    @Test
    void a_closed_slot_may_be_opened_again() {
        castle.changes(tomorrowAt11(), Optional.empty(), Optional.of(true));

        operator.patch(SLOTS + "/" + tomorrowAt11().id(), "{\"closed\": false}").is(200);

        assertThat(tomorrowAt11().slot().closed()).isFalse();
    }

    private KnownSlot tomorrowAt11() {
        return castle.slot("tour", TOMORROW, "11:00").orElseThrow();
    }

    private List<String> audited() {
        return castle.inDatabase(
                jdbc -> jdbc.sql("""
                        select action || ' ' || object || ' ' || details
                        from platform.audit_log
                        where action like 'slot%'
                        """).query((row, number) -> row.getString(1)).list());
    }

    private static List<String> starts(Reply reply) {
        return values(reply, "startsAt");
    }

    private static List<String> values(Reply reply, String field) {
        return reply.json().path("data").values().stream()
                .map(slot -> slot.path(field).asString())
                .toList();
    }
}
