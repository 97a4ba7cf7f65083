package dev.drawbridge.platform.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drawn numbers look like. */
class NumbersTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DRAWS = 2_000;

    @ParameterizedTest
    @CsvSource({
        "ATF-[A*3][N*6][A*1]-[N*1], ATF-[A-Z]{3}[0-9]{6}[A-Z]-[0-9]",
        "TUR-[X*10], TUR-[A-Z0-9]{10}",
        "[N*18], [0-9]{18}",
        "[A*5]é[X], [A-Z]{5}é[A-Z0-9]"
    })
    void every_number_has_the_form_of_its_pattern(String pattern, String form) {
        for (int draw = 0; draw < DRAWS; draw++) {
            assertThat(random(pattern)).matches(form);
        }
    }

    @Test
    void numbers_with_much_randomness_do_not_repeat() {
        Set<String> drawn = new HashSet<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn.add(random("[X*10]"));
        }

        assertThat(drawn).hasSize(DRAWS);
    }

    @ParameterizedTest
    @CsvSource({"[N*50], 10", "[A*50], 26", "[X*50], 36"})
    void every_character_is_about_as_frequent_as_every_other(String pattern, int alphabet) {
        var drawn = new StringBuilder();
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn.append(random(pattern));
        }
        String all = drawn.toString();

        Map<Integer, Long> counts =
                all.chars().boxed().collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
        double expected = (double) all.length() / alphabet;
        assertThat(counts).hasSize(alphabet);
        // Six standard deviations: fails by chance less than once in a million runs.
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(Math.abs(count - expected)).isLessThan(6 * Math.sqrt(expected)));
    }

    @ParameterizedTest
    @CsvSource({"1, PRK-00000001", "42, PRK-00000042", "99999999, PRK-99999999", "100000000, PRK-100000000"})
    void a_series_value_is_padded_to_its_digits_and_never_cut(long value, String number) {
        assertThat(series("PRK-[S]", 8, 50, value)).isEqualTo(number);
    }

    @Test
    void a_series_value_may_stand_anywhere() {
        assertThat(series("A[S]-[N*2]", 4, 50, 7)).matches("A0007-[0-9]{2}");
    }

    @Test
    void each_place_of_a_series_takes_a_value_of_its_own() {
        var values = new AtomicLong(7);
        var numbering =
                new Numbering(NumberPattern.parse("[S]-[S]").orElseThrow(), "one", Optional.of(new Series(7, 3)));

        assertThat(Numbers.compose(numbering, RANDOM, _ -> values.getAndIncrement()))
                .isEqualTo("007-008");
    }

    @Test
    void a_series_that_outgrows_the_numbers_length_is_exhausted() {
        assertThat(series("CPN-[S]", 16, 20, 1)).isEqualTo("CPN-0000000000000001");
        assertThatThrownBy(() -> series("CPN-[S]", 16, 20, 10_000_000_000_000_000L))
                .isInstanceOf(Numbers.UsedUp.class)
                .hasMessageContaining("CPN-[S]");
    }

    @Test
    void a_pattern_has_its_series_and_only_a_pattern_with_a_series_has_one() {
        NumberPattern with = NumberPattern.parse("[S]").orElseThrow();
        NumberPattern without = NumberPattern.parse("[X*10]").orElseThrow();

        assertThatThrownBy(() -> new Numbering(with, "wallet", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Numbering(without, "wallet", Optional.of(new Series(1, 8))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String random(String pattern) {
        var numbering = new Numbering(NumberPattern.parse(pattern).orElseThrow(), "none", Optional.empty());
        return Numbers.compose(numbering, RANDOM, series -> 0);
    }

    private static String series(String pattern, int digits, int lengthMax, long value) {
        var numbering = new Numbering(
                NumberPattern.parse(pattern).orElseThrow(), "one", Optional.of(new Series(1, digits)), lengthMax);
        return Numbers.compose(numbering, RANDOM, series -> value);
    }
}
