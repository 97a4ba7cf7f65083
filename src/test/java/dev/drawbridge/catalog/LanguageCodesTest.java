package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageCodesTest {

    @ParameterizedTest
    @CsvSource({
        "ENU, en-US",
        "ENG, en-GB",
        "ENA, en-AU",
        "ENC, en-CA",
        "DAN, da-DK",
        "DEU, de-DE",
        "DEA, de-AT",
        "DES, de-CH",
        "FRA, fr-FR",
        "FRB, fr-BE",
        "FRS, fr-CH",
        "NLD, nl-NL",
        "NLB, nl-BE",
        "NOR, nb-NO",
        "NON, nn-NO",
        "SVE, sv-SE",
        "SVF, sv-FI",
        "FIN, fi-FI",
        "ISL, is-IS",
        "ITA, it-IT",
        "ITS, it-CH",
        "ESN, es-ES",
        "ESP, es-ES-u-co-trad",
        "PTG, pt-PT",
        "PTB, pt-BR",
        "PLK, pl-PL",
        "CSY, cs-CZ",
        "SKY, sk-SK",
        "HUN, hu-HU",
        "RUS, ru-RU",
        "UKR, uk-UA",
        "TRK, tr-TR",
        "ELL, el-GR",
        "ETI, et-EE",
        "LVI, lv-LV",
        "LTH, lt-LT",
        "JPN, ja-JP",
        "KOR, ko-KR",
        "CHS, zh-CN",
        "CHT, zh-TW",
        "ZHH, zh-HK",
        "HEB, he-IL",
        "ARA, ar-SA",
        "THA, th-TH",
        "IND, id-ID",
        "FOS, fo-FO",
        "KAL, kl-GL",
    })
    void a_code_has_the_tag_that_windows_gives_it(String code, String tag) {
        assertThat(LanguageCodes.tagOf(code)).contains(tag);
    }

    @Test
    void the_table_is_whole_and_no_tag_stands_in_it_twice() {
        assertThat(LanguageCodes.all()).hasSize(253);
        assertThat(LanguageCodes.all().values()).doesNotHaveDuplicates();
    }

    @Test
    void every_code_is_three_upper_case_letters_and_every_tag_is_well_formed() {
        assertThat(LanguageCodes.all()).allSatisfy((code, tag) -> {
            assertThat(code).matches("[A-Z]{3}");
            assertThat(Locale.forLanguageTag(tag).toLanguageTag()).as(code).isEqualTo(tag);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EN", "enu", "ENUS", "XXX", "ZZZ", "IVL", "code", "en-US"})
    void anything_else_is_unknown(String code) {
        assertThat(LanguageCodes.isKnown(code)).isFalse();
        assertThat(LanguageCodes.tagOf(code)).isEmpty();
    }
}
