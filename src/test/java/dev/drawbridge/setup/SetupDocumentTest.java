package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.Violation;
import dev.drawbridge.platform.web.WebProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a setup written in YAML says, and what it may not say. */
class SetupDocumentTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {"09:00", "2026-12-24", "no", "NO", "on", "y", "1_000", "0b1", "12:30:45", "1.2.3", "=", "<<<"})
    void what_looks_like_a_time_a_date_or_a_word_is_a_text_without_quotes(String written) {
        assertThat(value(written)).isEqualTo(JSON.valueToTree(written));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "31001, 31001",
        "-5, -5",
        "+5, 5",
        "012, 12",
        "0o17, 15",
        "0xFF, 255",
        "100.00, 100.00",
        "-5.00, -5.00",
        "+0.5, 0.5",
        "1e2, 1E+2",
        "9999999999, 9999999999"
    })
    void numbers_without_quotes_are_numbers_and_keep_their_decimals(String written, String meant) {
        JsonNode value = value(written);

        assertThat(value.isNumber()).isTrue();
        assertThat(value.decimalValue().toString()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "False, false", "~, null", "null, null", "NULL, null", "'', null"})
    void the_core_schema_knows_two_truths_and_nothing(String written, String meant) {
        assertThat(value(written).toString()).isEqualTo(meant);
    }

    @Test
    void quotes_make_a_text_of_everything() {
        assertThat(value("\"31001\"").isString()).isTrue();
        assertThat(value("'true'").isString()).isTrue();
        assertThat(value("|\n  two\n  lines\n").stringValue()).isEqualTo("two\nlines\n");
    }

    @Test
    void yaml_and_json_give_the_same_tree() {
        String json = """
                {"company": {"name": "A", "rateLimit": {"requests": 3000000000, "per": null}},
                 "items": [{"number": "1", "price": {"amount": 100.00, "includesVat": true}}, []]}""";
        String yaml = """
                company:
                  name: A
                  rateLimit: { requests: 3000000000, per: }
                items:
                  - number: "1"
                    price: {amount: 100.00, includesVat: true}
                  - []
                """;

        assertThat(yaml(yaml).tree().toString()).isEqualTo(JSON.readTree(json).toString());
        assertThat(yaml(yaml).tree()).isEqualTo(JSON.readTree(json));
        assertThat(yaml(json).tree()).isEqualTo(JSON.readTree(json));
    }

    @Test
    void aliases_and_anchors_are_refused_where_they_stand() {
        SetupDocument document = yaml("""
                items:
                  - &first { number: "1" }
                  - number: "2"
                    price: *first
                """);

        assertThat(refused(document))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/items/0", "not_allowed"), tuple("/items/1/price", "not_allowed"));
    }

    @Test
    void a_billion_laughs_are_refused_unexpanded() {
        StringBuilder laughs = new StringBuilder("a0: &a0 lol\n");
        for (int level = 1; level < 50; level++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(9)));
        }

        assertThat(refused(yaml(laughs.toString()))).hasSize(50 + 49 * 9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!str 5", "!local x", "! x", "!!java.net.URL [x]", "!!set {a: }", "!<tag:yaml.org,2002:str> 5"})
    void tags_are_refused_where_they_stand(String written) {
        assertThat(refused(yaml("items:\n  - number: " + written + "\n")))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/items/0/number", "not_allowed"));
    }

    @Test
    void merge_keys_are_refused() {
        assertThat(refused(yaml("items:\n  - <<: { number: \"1\" }\n")))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/items/0/<<", "not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".inf",
                "-.Inf",
                ".NaN",
                "1e41",
                "1e-41",
                "1e99999999999",
                "12345678901234567890123456789012345678901"
            })
    void numbers_beyond_every_use_are_refused(String written) {
        assertThat(refused(yaml("price: " + written)))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/price", "out_of_range"));
    }

    @Test
    void json_numbers_beyond_every_use_are_refused_and_never_computed() {
        SetupDocument document = SetupDocument.ofJson(JSON.readTree("""
                {"items": [{"price": 1e999999999}, 1e41, 100.00]}"""));

        assertThat(refused(document))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/items/0/price", "out_of_range"), tuple("/items/1", "out_of_range"));
        assertThat(document.tree().toString()).isEqualTo("{\"items\":[{\"price\":null},null,100.00]}");
    }

    @Test
    void malformed_yaml_is_refused_with_line_and_column() {
        Problem problem = malformed("company:\n  name: A\n bad: indented\n");

        assertThat(problem.code()).isEqualTo(WebProblem.INVALID_JSON);
        assertThat(problem.getMessage()).contains("YAML", "line 3, column 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "company:\n\tname: A\n",
                "a: 1\na: 2\n",
                "a: 1\n\"a\": 2\n",
                "5: a\n",
                "true: a\n",
                "~: a\n",
                "? [a, b]\n: c\n",
                "*a : b\n",
                "!!str a: b\n",
                "&a a: b\n",
                "a: 1\n---\nb: 2\n",
                "a: [1, 2\n",
                "a: \"open\n",
                "a: \u0000\n",
                "a: \u0007\n",
                "%YAML 3.0\n---\na: 1\n",
                "",
                "# only a comment\n",
                "just a text\n",
                "- a list\n"
            })
    void what_is_not_one_mapping_of_texts_is_refused(String yaml) {
        assertThat(malformed(yaml).code()).isEqualTo(WebProblem.INVALID_JSON);
    }

    @Test
    void nesting_may_be_64_deep_and_not_deeper() {
        assertThatCode(() -> yaml("a: " + "[".repeat(63) + "]".repeat(63))).doesNotThrowAnyException();
        assertThat(malformed("a: " + "[".repeat(64) + "]".repeat(64)).getMessage())
                .contains("64", "line 1, column 67");
        assertThat(malformed("a: " + "[".repeat(1_000_000)).code()).isEqualTo(WebProblem.INVALID_JSON);
    }

    @Test
    void the_size_may_be_2_MiB_and_not_more() {
        String comment = "a: 1 #" + "x".repeat(SetupDocument.BYTES_MAX - 6);

        assertThatCode(() -> yaml(comment)).doesNotThrowAnyException();
        assertThat(malformed(comment + "x").code()).isEqualTo(WebProblem.PAYLOAD_TOO_LARGE);
    }

    @Test
    void a_message_shows_little_of_the_input() {
        assertThat(malformed("a: !" + "x".repeat(500) + "!y b\n").getMessage()).hasSizeLessThan(250);
    }

    @Test
    void a_byte_order_mark_is_harmless_and_other_encodings_are_refused() {
        assertThat(yaml("\uFEFFa: 1\n").tree().toString()).isEqualTo("{\"a\":1}");
        assertThat(catchThrowableOfType(
                                Problem.class, () -> SetupDocument.ofYaml("a: é".getBytes(StandardCharsets.UTF_16LE)))
                        .code())
                .isEqualTo(WebProblem.INVALID_JSON);
        assertThat(catchThrowableOfType(
                                Problem.class, () -> SetupDocument.ofYaml("a: é".getBytes(StandardCharsets.ISO_8859_1)))
                        .code())
                .isEqualTo(WebProblem.INVALID_JSON);
    }

    private static JsonNode value(String written) {
        return yaml("value: " + written).tree().get("value");
    }

    private static SetupDocument yaml(String yaml) {
        return SetupDocument.ofYaml(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem malformed(String yaml) {
        return catchThrowableOfType(Problem.class, () -> yaml(yaml));
    }

    private static List<Violation> refused(SetupDocument document) {
        return catchThrowableOfType(Problem.class, () -> document.violations().throwIfAny(document.tree()))
                .details();
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }
}
