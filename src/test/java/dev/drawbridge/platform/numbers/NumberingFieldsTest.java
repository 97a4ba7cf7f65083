package dev.drawbridge.platform.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a setup says how numbers are made. */
class NumberingFieldsTest {

    @Test
    void a_pattern_with_a_series_is_read_with_it() {
        Numbering numbering = SetupEntry.valid(
                "{ numberPattern: 'PRK-[S]', series: { next: 1, digits: 8 } }",
                fields -> NumberingFields.required(fields, "numberPattern", "series", "ticket_type:park"));

        assertThat(numbering)
                .isEqualTo(new Numbering(
                        NumberPattern.parse("PRK-[S]").orElseThrow(),
                        "ticket_type:park",
                        Optional.of(new Series(1, 8))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /numberPattern required",
                "{ numberPattern: 5 } | /numberPattern wrong_type",
                "{ numberPattern: 'N5' } | /numberPattern invalid_format",
                "{ numberPattern: '[S][S][S]', series: { next: 1, digits: 17 } } | /numberPattern too_long",
                "{ numberPattern: '[Q]' } | /numberPattern invalid_format",
                "{ numberPattern: 'P-[S]' } | /series required",
                "{ numberPattern: 'P-[S]', series: null } | /series required",
                "{ numberPattern: '[X*10]', series: { next: 1, digits: 8 } } | /series not_allowed",
                "{ numberPattern: 'P-[S]', series: { next: 1 } } | /series/digits required",
                "{ numberPattern: 'P-[S]', series: { digits: 8 } } | /series/next required",
                "{ numberPattern: 'P-[S]', series: { next: -1, digits: 8 } } | /series/next out_of_range",
                "{ numberPattern: 'P-[S]', series: { next: 1.0, digits: 8 } } | /series/next wrong_type",
                "{ numberPattern: 'P-[S]', series: { next: 1, digits: 0 } } | /series/digits out_of_range",
                "{ numberPattern: 'P-[S]', series: { next: 1, digits: 19 } } | /series/digits out_of_range",
                "{ numberPattern: 'P-[S]', series: { next: 1000, digits: 3 } } | /series/next out_of_range",
                "{ numberPattern: 'P-[S]', series: { next: 1, digits: 8, step: 2 } } | /series/step unknown_property"
            })
    void what_cannot_make_numbers_is_refused_at_its_place(String entry, String refused) {
        assertThat(SetupEntry.read(
                                entry,
                                fields -> NumberingFields.required(fields, "numberPattern", "series", "ticket_type:p"))
                        .refused())
                .containsExactly(refused);
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, true", "33, false"})
    void pattern_and_digits_together_make_at_most_50_characters(int literals, boolean accepted) {
        String entry = "{ numberPattern: '" + "x".repeat(literals) + "[S]', series: { next: 1, digits: 18 } }";

        assertThat(SetupEntry.read(
                                entry,
                                fields -> NumberingFields.required(fields, "numberPattern", "series", "ticket_type:p"))
                        .refused()
                        .isEmpty())
                .isEqualTo(accepted);
    }

    @Test
    void where_no_pattern_is_written_there_may_be_another() {
        Numbering numbering = SetupEntry.valid(
                "{}", fields -> NumberingFields.orElse(fields, "walletReferencePattern", "[N*18]", "series", "wallet"));

        assertThat(numbering.pattern()).hasToString("[N*18]");
    }
}
