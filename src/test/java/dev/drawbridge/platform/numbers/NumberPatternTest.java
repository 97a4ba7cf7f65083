package dev.drawbridge.platform.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are patterns of numbers. */
class NumberPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATF-[A*3][N*6][A*1]-[N*1]",
                "TUR-[X*10]",
                "PRK-[S]",
                "[S]",
                "[N*18]",
                "[N][N][N][N][N][N]",
                "[N*50]",
                "Café-[S]"
            })
    void literals_and_tags_make_a_pattern(String text) {
        assertThat(NumberPattern.objection(text)).isEmpty();
        assertThat(NumberPattern.parse(text)).get().hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "]", "[S", "S]", "[[S]]", "[]", "[Q*10]", "[s]", "[n*10]", "[S*2]", "[N*0]", "[N*]", "[N*-1]",
                "[N*07]", "[N*100]", "[N *6]", "[S]]", "[S]["
            })
    void unbalanced_brackets_and_unknown_tags_are_refused(String text) {
        assertRefused(text, "tags");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LITERAL"})
    void what_gives_the_same_number_each_time_is_no_pattern(String text) {
        assertRefused(text, "the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[N]", "[N*5]", "[A*4]", "[X*3]", "A-[N*3]-[N*2]", "[S]-[S]", "[S][N]"})
    void few_combinations_and_several_values_of_the_series_are_allowed(String text) {
        assertThat(NumberPattern.objection(text)).isEmpty();
        assertThat(NumberPattern.parse(text)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"49, true", "50, true", "51, false"})
    void a_number_has_at_most_50_characters(int length, boolean accepted) {
        String text = "x".repeat(length - 10) + "[N*10]";

        assertThat(NumberPattern.parse(text).isPresent()).isEqualTo(accepted);
        assertThat(NumberPattern.objection(text).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void beyond_the_first_plane_a_character_counts_once() {
        assertThat(NumberPattern.parse("🏰".repeat(40) + "[N*10]"))
                .get()
                .extracting(NumberPattern::lengthWithoutSeries)
                .isEqualTo(50);
    }

    @Test
    void patterns_are_equal_when_they_are_written_alike() {
        assertThat(NumberPattern.parse("A[S]")).isEqualTo(NumberPattern.parse("A[S]"));
        assertThat(NumberPattern.parse("A[S]")).hasSameHashCodeAs(NumberPattern.parse("A[S]"));
        assertThat(NumberPattern.parse("A[S]")).isNotEqualTo(NumberPattern.parse("B[S]"));
    }

    private static void assertRefused(String text, String reason) {
        assertThat(NumberPattern.parse(text)).isEmpty();
        assertThat(NumberPattern.objection(text)).get().asString().contains(reason);
    }
}
