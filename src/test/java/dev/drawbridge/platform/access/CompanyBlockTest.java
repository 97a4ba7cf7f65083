package dev.drawbridge.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.numbers.NumberPattern;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Series;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code company} block of a setup may be. */
class CompanyBlockTest {

    private static final String REQUIRED = "tenant: '01234567-89ab-cdef-0123-456789abcdef', environment: 'production', "
            + "name: 'CRONUS International Ltd.', timeZone: 'Europe/Copenhagen', currency: 'DKK'";

    @Test
    void five_things_are_required() {
        assertThat(refused("{}"))
                .containsExactly(
                        "/tenant required",
                        "/environment required",
                        "/name required",
                        "/timeZone required",
                        "/currency required");
    }

    @Test
    void the_rest_has_defaults() {
        assertThat(block(""))
                .isEqualTo(new CompanyBlock(
                        UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                        "production",
                        "CRONUS International Ltd.",
                        "CRONUS International Ltd.",
                        new CompanySettings(
                                ZoneId.of("Europe/Copenhagen"),
                                "DKK",
                                "ENU",
                                Period.ofDays(400),
                                Duration.ofHours(2),
                                Period.ofDays(90),
                                new Numbering(NumberPattern.parse("[N*18]").orElseThrow(), "wallet", Optional.empty()),
                                Optional.empty())));
    }

    @Test
    void everything_may_be_set() {
        CompanyBlock block = block("""
                , displayName: 'CRONUS Castle', language: 'dan', saleHorizon: 'P2Y', draftHold: 'PT90M',
                guestDataKept: 'P6M', walletReferencePattern: 'W[S]', walletSeries: { next: 1, digits: 10 },
                rateLimit: { requests: 300000, per: 'PT5M' }
                """);

        assertThat(block.displayName()).isEqualTo("CRONUS Castle");
        assertThat(block.settings())
                .isEqualTo(new CompanySettings(
                        ZoneId.of("Europe/Copenhagen"),
                        "DKK",
                        "DAN",
                        Period.ofYears(2),
                        Duration.ofMinutes(90),
                        Period.ofMonths(6),
                        new Numbering(
                                NumberPattern.parse("W[S]").orElseThrow(), "wallet", Optional.of(new Series(1, 10))),
                        Optional.of(new RateLimit(300_000, Duration.ofMinutes(5)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeZone: 'Copenhagen' | /timeZone invalid_format",
                "timeZone: '+01:00' | /timeZone invalid_format",
                "timeZone: 'europe/copenhagen' | /timeZone invalid_format",
                "currency: 'JPY' | /currency invalid_format",
                "currency: 'KWD' | /currency invalid_format",
                "currency: 'dkk' | /currency invalid_format",
                "currency: 'QQQ' | /currency invalid_format",
                "language: 'XXX' | /language unknown_language",
                "language: 'en-US' | /language unknown_language",
                "saleHorizon: 'P0D' | /saleHorizon out_of_range",
                "saleHorizon: 'P1101D' | /saleHorizon out_of_range",
                "saleHorizon: 'P9999999999D' | /saleHorizon invalid_format",
                "saleHorizon: 'PT24H' | /saleHorizon invalid_format",
                "draftHold: 'PT0S' | /draftHold out_of_range",
                "draftHold: 'P30DT1S' | /draftHold out_of_range",
                "guestDataKept: 'P0D' | /guestDataKept out_of_range",
                "guestDataKept: 'P3661D' | /guestDataKept out_of_range",
                "walletReferencePattern: 'N5' | /walletReferencePattern invalid_format",
                "walletReferencePattern: 'W[S]' | /walletSeries required",
                "walletSeries: { next: 1, digits: 10 } | /walletSeries not_allowed",
                "rateLimit: { requests: 0, per: 'PT5M' } | /rateLimit/requests out_of_range",
                "environment: 'a/b' | /environment invalid_character",
                "environment: ' production' | /environment invalid_format",
                "name: 'a/b' | /name invalid_character",
                "name: 'Castle ' | /name invalid_format",
                "displayName: ' ' | /displayName blank",
                "environment: '..' | /environment not_allowed",
                "colour: 'red' | /colour unknown_property"
            })
    void its_parts_have_a_form_and_bounds(String part, String refused) {
        assertThat(refused("{ " + without(part) + ", " + part + " }")).containsExactly(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P1100D", "P3Y", "P36M", "P52W"})
    void a_sale_horizon_is_at_most_1100_days(String horizon) {
        assertThat(refused("{ " + REQUIRED + ", saleHorizon: '" + horizon + "' }"))
                .isEmpty();
    }

    @Test
    void names_of_the_path_are_not_ids() {
        String id = "01234567-89ab-cdef-0123-456789abcdef";

        assertThat(refused("{ " + without("name:") + ", name: '" + id + "' }")).containsExactly("/name not_allowed");
    }

    /** The required ones but the one that the part writes itself. */
    private static String without(String part) {
        String name = part.substring(0, part.indexOf(':'));
        return List.of(REQUIRED.split(", ")).stream()
                .filter(field -> !field.startsWith(name + ":"))
                .reduce((first, second) -> first + ", " + second)
                .orElseThrow();
    }

    private static CompanyBlock block(String more) {
        return SetupEntry.valid(
                "{ " + REQUIRED + more + " }", fields -> CompanyBlock.read(fields, Set.of("ENU", "DAN")::contains));
    }

    private static List<String> refused(String entry) {
        return SetupEntry.read(entry, fields -> CompanyBlock.read(fields, Set.of("ENU", "DAN")::contains))
                .refused();
    }
}
