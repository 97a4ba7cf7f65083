package dev.drawbridge.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FieldsTest {

    private static final TextRule CODE = TextRule.reference(5);

    @Test
    void violations_come_in_the_order_of_the_document_not_of_the_reading() {
        assertThat(violations("{\"z\": 1, \"a\": {\"deep\": 1}, \"m\": [1, \"x\"]}", fields -> {
                    fields.array("m")
                            .orElseThrow()
                            .forEach(element -> Fields.textOf(element, "/m/0", CODE, fields.violations()));
                    fields.text("a", CODE);
                    fields.object("a").orElseThrow().text("deep", CODE);
                    fields.text("z", CODE);
                }))
                .containsExactly("/z wrong_type", "/a wrong_type", "/a/deep wrong_type", "/m/0 wrong_type");
    }

    @Test
    void a_missing_field_stands_behind_the_one_read_before_it() {
        assertThat(violations("{\"c\": 1, \"b\": 1, \"a\": 1}", fields -> {
                    fields.text("a", CODE);
                    fields.requiredText("missing", CODE);
                    fields.text("b", CODE);
                    fields.text("c", CODE);
                }))
                .containsExactly("/c wrong_type", "/b wrong_type", "/a wrong_type", "/missing required");
    }

    @Test
    void null_and_absent_are_required_where_required_and_nothing_where_not() {
        assertThat(violations("{\"a\": null}", fields -> {
                    fields.requiredText("a", CODE);
                    fields.requiredText("b", CODE);
                    fields.text("a", CODE);
                    fields.integer("c", 1, 2);
                }))
                .containsExactlyInAnyOrder("/a required", "/b required");
    }

    @ParameterizedTest
    @CsvSource({"1.0", "1e0", "'\"1\"'", "true", "[]", "{}", "1.5"})
    void what_is_not_written_as_an_integer_is_of_the_wrong_type(String value) {
        assertThat(violations("{\"n\": " + value + "}", fields -> fields.integer("n", 1, 9)))
                .containsExactly("/n wrong_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10", "-2147483648", "99999999999999999999999999"})
    void an_integer_outside_its_bounds_is_out_of_range(String value) {
        assertThat(violations("{\"n\": " + value + "}", fields -> fields.integer("n", 1, 9)))
                .containsExactly("/n out_of_range");
    }

    @Test
    void integers_at_their_bounds_are_read() {
        assertThat(violations("{\"a\": 1, \"b\": 9}", fields -> {
                    assertThat(fields.integer("a", 1, 9)).contains(1L);
                    assertThat(fields.integer("b", 1, 9)).contains(9L);
                }))
                .isEmpty();
    }

    @Test
    void a_text_is_counted_in_code_points() {
        assertThat(violations("{\"a\": \"🏰🏰🏰🏰\", \"b\": \"🏰🏰🏰🏰🏰\", \"c\": \"🏰🏰🏰🏰🏰🏰\"}", fields -> {
                    fields.text("a", CODE);
                    fields.text("b", CODE);
                    fields.text("c", CODE);
                }))
                .containsExactly("/c too_long");
    }

    @ParameterizedTest
    @CsvSource({
        "'\\u0000', invalid_character",
        "'\\u0007', invalid_character",
        "'a\\n', invalid_character",
        "'\\u0085', invalid_character",
        "'\\ud800', invalid_character",
        "'\\udc00\\ud800', invalid_character",
        "'a\\u202eb', invalid_character",
        "'a\\u2066b', invalid_character",
        "' a', invalid_format",
        "'a ', invalid_format",
        "'a\\u2003', invalid_format",
        "'  ', blank",
        "'', blank",
    })
    void a_reference_is_plain_text_without_blanks_around_it(String json, String code) {
        assertThat(violations("{\"r\": \"" + json + "\"}", fields -> fields.requiredText("r", CODE)))
                .containsExactly("/r " + code);
    }

    @Test
    void names_may_have_blanks_around_them_and_any_direction() {
        assertThat(violations("{\"n\": \" a\\u202e \"}", fields -> assertThat(fields.text("n", TextRule.name(10)))
                        .contains(" a\u202e ")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01T00:00", " 2026-01-01", ""})
    void a_date_is_a_real_day(String date) {
        assertThat(violations("{\"d\": \"" + date + "\"}", fields -> fields.requiredDate("d")))
                .containsExactly("/d invalid_format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00:00", "9:00:00", "09:00", "09:60:00", "09:00:60", "09:00:00Z"})
    void a_time_has_hours_minutes_and_seconds(String time) {
        assertThat(violations("{\"t\": \"" + time + "\"}", fields -> fields.requiredTime("t")))
                .containsExactly("/t invalid_format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21e8c1d23f4a4c5b9e6d7f8a9b0c1d2e",
                "{21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e}",
                "1-1-1-1-1",
                "21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2g",
            })
    void a_uuid_has_hyphens_and_nothing_else(String uuid) {
        assertThat(violations("{\"u\": \"" + uuid + "\"}", fields -> fields.requiredUuid("u")))
                .containsExactly("/u invalid_format");
    }

    @Test
    void dates_times_and_uuids_are_read() {
        assertThat(violations(
                        "{\"d\": \"2028-02-29\", \"t\": \"23:59:59\", \"u\": \"21E8C1D2-3f4a-4c5b-9e6d-7f8a9b0c1d2e\"}",
                        fields -> {
                            assertThat(fields.requiredDate("d")).contains(LocalDate.of(2028, 2, 29));
                            assertThat(fields.requiredTime("t")).contains(LocalTime.of(23, 59, 59));
                            assertThat(fields.requiredUuid("u"))
                                    .contains(UUID.fromString("21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e"));
                        }))
                .isEmpty();
    }

    @Test
    void pointers_are_escaped_and_never_show_more_than_64_characters_of_a_name() {
        String longName = "n".repeat(200);
        assertThat(violations("{\"a/b\": 1, \"c~d\": 1, \"" + longName + "\": 1}", Fields::refuseUnknown))
                .containsExactly(
                        "/a~1b unknown_property", "/c~0d unknown_property", "/" + "n".repeat(64) + " unknown_property");
    }

    @Test
    void what_was_read_is_known_whether_or_not_it_was_there() {
        assertThat(violations("{\"a\": 1, \"b\": 2}", fields -> {
                    fields.has("a");
                    fields.text("absent", CODE);
                    fields.refuseUnknown();
                }))
                .containsExactly("/b unknown_property");
    }

    private static List<String> violations(String json, Consumer<Fields> reading) {
        JsonNode document = Json.mapper().readTree(json);
        var violations = new Violations();
        reading.accept(new Fields(document, "", violations));
        Problem problem = catchThrowableOfType(Problem.class, () -> violations.throwIfAny(document));
        return problem == null
                ? List.of()
                : problem.details().stream()
                        .map(violation -> violation.field() + " " + violation.code())
                        .toList();
    }
}
