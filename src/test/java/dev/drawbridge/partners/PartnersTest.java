package dev.drawbridge.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.SetupEntry;
import dev.drawbridge.platform.access.CompanySettings.RateLimit;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.numbers.NumberPattern;
import dev.drawbridge.platform.numbers.Numbering;
import dev.drawbridge.platform.numbers.Series;
import dev.drawbridge.platform.web.Located;
import dev.drawbridge.platform.web.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entry of a setup's list {@code partners} may be. */
class PartnersTest {

    private static final String ID = "5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70";

    @Test
    void a_partner_of_an_id_and_a_name_is_active_and_follows_the_company() {
        assertThat(partner("{ id: '" + ID + "', name: 'City Pass Nord' }"))
                .isEqualTo(new Partner(
                        new PartnerId(UUID.fromString(ID)),
                        "City Pass Nord",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void a_partner_may_have_numbers_hold_rate_limit_and_design_of_its_own() {
        Partner partner = partner("""
                { id: '5C0D7C1A-0D0E-4A39-8F6C-2D1F0C9B8A70', name: 'City Pass Nord', design: 'castle',
                  documentNumbers: { prefix: 'CPN-', next: 1, digits: 8 }, draftHold: 'PT15M',
                  rateLimit: { requests: 30000, per: 'PT5M' }, active: false }
                """);

        assertThat(partner)
                .isEqualTo(new Partner(
                        new PartnerId(UUID.fromString(ID)),
                        "City Pass Nord",
                        false,
                        Optional.of(new Numbering(
                                NumberPattern.parse("CPN-[S]").orElseThrow(),
                                "partner:" + ID,
                                Optional.of(new Series(1, 8)),
                                20)),
                        Optional.of(Duration.ofMinutes(15)),
                        Optional.of(new RateLimit(30_000, Duration.ofMinutes(5))),
                        Optional.of("castle")));
        assertThat(partner.key()).isEqualTo(ID);
    }

    @Test
    void a_partner_needs_an_id_and_a_name() {
        assertThat(refused("{}")).containsExactly("/id required", "/name required");
        assertThat(refused("{ id: 'Nord', name: ' ', colour: 'red' }"))
                .containsExactly("/id invalid_format", "/name blank", "/colour unknown_property");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active: 'no' | /active wrong_type",
                "draftHold: 'PT0S' | /draftHold out_of_range",
                "draftHold: '-PT1S' | /draftHold invalid_format",
                "draftHold: 'P31D' | /draftHold out_of_range",
                "draftHold: '2 hours' | /draftHold invalid_format",
                "draftHold: 7200 | /draftHold wrong_type",
                "rateLimit: {} | /rateLimit/requests required, /rateLimit/per required",
                "rateLimit: { requests: 0, per: 'PT5M' } | /rateLimit/requests out_of_range",
                "rateLimit: { requests: 1, per: 'PT0.5S' } | /rateLimit/per invalid_format",
                "rateLimit: { requests: 1, per: 'P2D' } | /rateLimit/per out_of_range",
                "documentNumbers: { next: 1, digits: 8 } | /documentNumbers/prefix required",
                "documentNumbers: { prefix: 'CPN-', next: 1 } | /documentNumbers/digits required",
                "documentNumbers: { prefix: 'CM-', next: 1, digits: 8 } | /documentNumbers/prefix not_allowed",
                "documentNumbers: { prefix: 'cm-', next: 1, digits: 8 } | /documentNumbers/prefix not_allowed",
                "documentNumbers: { prefix: 'A[S]', next: 1, digits: 8 } | /documentNumbers/prefix invalid_character",
                "documentNumbers: { prefix: 'A', next: 1, digits: 8, a: 1 } | /documentNumbers/a unknown_property"
            })
    void its_parts_have_a_form_and_bounds(String part, String refused) {
        assertThat(refused("{ id: '" + ID + "', name: 'Nord', " + part + " }")).containsExactly(refused.split(", "));
    }

    @ParameterizedTest
    @CsvSource({"11, true", "12, true", "13, false"})
    void prefix_and_digits_together_make_at_most_20_characters(int prefix, boolean accepted) {
        String entry = "{ id: '" + ID + "', name: 'Nord', documentNumbers: { prefix: '" + "P".repeat(prefix)
                + "', next: 1, digits: 8 } }";

        assertThat(refused(entry).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void two_partners_do_not_share_a_prefix_in_any_case() {
        assertThat(crossChecked(withPrefix("CPN-"), withPrefix("CP-"), withPrefix("cpn-")))
                .containsExactly("/partners/2/documentNumbers/prefix duplicate_value");
    }

    @Test
    void a_design_is_of_the_document_in_any_case() {
        assertThat(crossChecked(
                        partner("{ id: '" + ID + "', name: 'A', design: 'Castle' }"),
                        partner("{ id: '" + ID + "', name: 'B', design: 'palace' }")))
                .containsExactly("/partners/1/design unknown_reference");
    }

    private static Partner withPrefix(String prefix) {
        return partner("{ id: '" + ID + "', name: 'Nord', documentNumbers: { prefix: '" + prefix
                + "', next: 1, digits: 8 } }");
    }

    private static Partner partner(String entry) {
        return SetupEntry.valid(entry, Partners::read);
    }

    private static List<String> refused(String entry) {
        return SetupEntry.read(entry, Partners::read).refused();
    }

    private static List<String> crossChecked(Partner... partners) {
        List<Located<Partner>> located = new ArrayList<>();
        for (Partner partner : partners) {
            located.add(new Located<>("/partners/" + located.size(), partner));
        }
        var violations = new Violations();
        Partners.crossCheck(located, Set.of("castle"), violations);
        return SetupEntry.refusedOf(violations);
    }
}
