package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.web.Json;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** A setup is validated whole, and every mistake in it is named with its place. */
class SetupValidationTest {

    private static final UUID TENANT = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

    private static final String COMPANY = """
            company:
              tenant: 01234567-89ab-cdef-0123-456789abcdef
              environment: production
              name: CRONUS International Ltd.
              timeZone: Europe/Copenhagen
              currency: DKK
            """;

    @Test
    void the_castle_is_valid_and_keeps_its_entries_as_written() {
        ValidSetup castle = validated(castle());

        assertThat(castle.company().name()).isEqualTo("CRONUS International Ltd.");
        assertThat(castle.entries()).hasSize(3 + 4 + 5 + 2 + 11 + 1);
        assertThat(castle.entries())
                .contains(new Definition(
                        DefinitionKind.ITEM,
                        "41001",
                        7,
                        "{\"number\":\"41001\",\"description\":\"Coffee and Cake\","
                                + "\"price\":{\"amount\":35.00,\"includesVat\":true,\"vatPercent\":25}}"));
    }

    @Test
    void a_company_is_enough() {
        assertThat(validated(COMPANY).entries()).isEmpty();
        assertThat(violations("items: []")).containsExactly("/company required");
    }

    @Test
    void every_mistake_is_named_in_the_order_of_the_document() {
        assertThat(violations("""
                        items:
                          - { number: 31001, description: A }
                          - { number: "31002", price: { amount: "5", includesVat: true } }
                          - { number: "31003", description: C, ticketType: NONE, colour: red }
                        company:
                          tenant: 1
                          name: "A"
                          timeZone: Mars/Phobos
                        partners: {}
                        ticketTypes: [null, 5]
                        extra: true
                        """))
                .containsExactly(
                        "/items/0/number wrong_type",
                        "/items/1/description required",
                        "/items/1/price/amount wrong_type",
                        "/items/1/price/vatPercent required",
                        "/items/2/ticketType unknown_reference",
                        "/items/2/colour unknown_property",
                        "/company/tenant wrong_type",
                        "/company/environment required",
                        "/company/timeZone invalid_format",
                        "/company/currency required",
                        "/partners wrong_type",
                        "/ticketTypes/0 required",
                        "/ticketTypes/1 wrong_type",
                        "/extra unknown_property");
    }

    @Test
    void what_only_yaml_can_say_is_named_once_together_with_the_other_mistakes() {
        assertThat(violations(COMPANY + """
                        items:
                          - { number: "1", description: A, price: &p { amount: 5, includesVat: true, vatPercent: 25 } }
                          - { number: *p, description: !!str B, priceRules: [] }
                          - { number: 3, description: C }
                        """))
                .containsExactly(
                        "/items/0/price not_allowed",
                        "/items/1/number not_allowed",
                        "/items/1/description not_allowed",
                        "/items/1/priceRules not_allowed",
                        "/items/2/number wrong_type");
    }

    @Test
    void an_unquoted_number_where_text_belongs_is_refused_with_its_place() {
        assertThat(violations(COMPANY + "items:\n  - { number: 31001, description: 5 }\n"))
                .containsExactly("/items/0/number wrong_type", "/items/0/description wrong_type");
    }

    @Test
    void two_entries_of_a_list_with_one_key_in_any_case_are_refused() {
        assertThat(violations(COMPANY + """
                        partners:
                          - { id: 21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e, name: A }
                          - { id: 21E8C1D2-3F4A-4C5B-9E6D-7F8A9B0C1D2E, name: B }
                        admissions:
                          - { code: castle, entry: OPEN }
                          - { code: CASTLE, entry: OPEN }
                        items:
                          - { number: "1", description: A }
                          - { number: "1", description: B }
                          - { number: "1", description: C }
                        """))
                .containsExactly(
                        "/partners/1/id duplicate_value",
                        "/admissions/1/code duplicate_value",
                        "/items/1/number duplicate_value",
                        "/items/2/number duplicate_value");
    }

    @Test
    void what_an_entry_refers_to_must_be_in_the_document() {
        assertThat(violations(COMPANY + """
                        partners:
                          - { id: 21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e, name: A, design: none }
                        ticketTypes:
                          - { code: T, registration: GROUP, admissions: [NONE], numberPattern: "[X*10]" }
                        couponTypes:
                          - { code: C, description: C, item: none, discount: { percent: 10 }, numberPattern: "[X*10]" }
                        items:
                          - number: "1"
                            description: A
                            ticketType: none
                            price: { amount: 1, includesVat: true, vatPercent: 0 }
                            priceRules: [ { partner: 5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70, percent: 1 } ]
                          - { number: "2", description: B, package: [ { item: none } ] }
                        """)).hasSize(6).allSatisfy(violation -> assertThat(violation)
                .containsPattern(" (unknown_reference|unknown_component)$"));
    }

    @Test
    void an_entry_that_is_refused_for_something_else_may_be_referred_to() {
        assertThat(violations(COMPANY + """
                        admissions:
                          - { code: CASTLE, entry: NEVER }
                        ticketTypes:
                          - { code: T, registration: NONE, admissions: [CASTLE], numberPattern: "[X*10]" }
                        items:
                          - { number: "1", description: A, ticketType: T }
                        """))
                .containsExactly("/admissions/0/entry invalid_format", "/ticketTypes/0/registration invalid_format");
    }

    @Test
    void packages_have_no_price_are_not_nested_and_name_each_component_once() {
        assertThat(violations(COMPANY + """
                        items:
                          - { number: "1", description: A }
                          - { number: "2", description: B, package: [ { item: "1" }, { item: "1" } ] }
                          - { number: "3", description: C, package: [ { item: "2" } ] }
                          - number: "4"
                            description: D
                            package: [ { item: "1" } ]
                            price: { amount: 1, includesVat: true, vatPercent: 0 }
                          - { number: "5", description: E, package: [ { item: "5" } ] }
                        """))
                .containsExactly(
                        "/items/1/package/1/item duplicate_value",
                        "/items/2/package/0/item not_allowed",
                        "/items/3/price not_allowed",
                        "/items/4/package/0/item not_allowed");
    }

    @Test
    void two_partners_do_not_share_a_document_prefix_and_none_has_ours() {
        assertThat(violations(COMPANY + """
                        partners:
                          - id: 21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e
                            name: A
                            documentNumbers: { prefix: "CPN-", next: 1, digits: 8 }
                          - id: 5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70
                            name: B
                            documentNumbers: { prefix: "cpn-", next: 1, digits: 8 }
                          - id: 0b8e6f44-9a53-4c11-8d2e-6f3a5b7c9d01
                            name: C
                            documentNumbers: { prefix: "cm-", next: 1, digits: 8 }
                        """))
                .containsExactly(
                        "/partners/1/documentNumbers/prefix duplicate_value",
                        "/partners/2/documentNumbers/prefix not_allowed");
    }

    @Test
    void a_series_is_there_exactly_when_the_pattern_has_one() {
        assertThat(violations(COMPANY + "  walletReferencePattern: \"W[S]\"\n"))
                .containsExactly("/company/walletSeries required");
        assertThat(violations(COMPANY + "  walletSeries: { next: 1, digits: 10 }\n"))
                .containsExactly("/company/walletSeries not_allowed");
        assertThat(validated(COMPANY + "  walletReferencePattern: \"W[S]\"\n  walletSeries: { next: 1, digits: 10 }\n"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "01234567-89ab-cdef-0123-456789abcde0, production, CRONUS International Ltd., /company/tenant",
        "01234567-89ab-cdef-0123-456789abcdef, sandbox, CRONUS International Ltd., /company/environment",
        "01234567-89ab-cdef-0123-456789abcdef, production, CRONUS, /company/name"
    })
    void the_address_and_the_document_must_name_the_same_company(
            UUID tenant, String environment, String name, String refused) {
        assertThat(violations(COMPANY, CompanyPlace.at(tenant, environment, List.of(name))))
                .containsExactly(refused + " conflict");
    }

    @Test
    void they_may_spell_it_in_another_case_or_encode_it_twice() {
        assertThat(SetupValidation.of(
                        yaml(COMPANY),
                        CompanyPlace.at(
                                TENANT,
                                "PRODUCTION",
                                List.of("cronus%20international%20ltd.", "cronus international ltd.")),
                        Json.mapper()))
                .isNotNull();
    }

    @Test
    void a_list_has_5000_entries_at_most() {
        assertThat(validated(COMPANY + items(SetupValidation.ENTRIES_MAX)).entries())
                .hasSize(5_000);
        assertThat(violations(COMPANY + items(SetupValidation.ENTRIES_MAX + 1))).containsExactly("/items out_of_range");
    }

    @Test
    void the_slots_that_a_setup_asks_for_are_bounded() {
        String many = IntStream.range(0, 3)
                .mapToObj(number -> "  - { code: A" + number + ", entry: TIMED, schedules: "
                        + "[ { from: \"00:00\", until: \"24:00\", every: PT1M, capacity: 1 } ] }\n")
                .collect(Collectors.joining("", "admissions:\n", ""));

        assertThat(violations(COMPANY + many)).containsExactly("/admissions out_of_range");
        assertThat(validated(COMPANY + "  saleHorizon: P200D\n" + many).entries())
                .hasSize(3);
    }

    private static String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "  - { number: \"" + number + "\", description: A }\n")
                .collect(Collectors.joining("", "items:\n", ""));
    }

    private static String castle() {
        try {
            return new ClassPathResource("demo/castle.yaml").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static ValidSetup validated(String yaml) {
        return SetupValidation.of(yaml(yaml), CompanyPlace.ANYWHERE, Json.mapper());
    }

    private static List<String> violations(String yaml) {
        return violations(yaml, CompanyPlace.ANYWHERE);
    }

    private static List<String> violations(String yaml, CompanyPlace place) {
        SetupDocument document = yaml(yaml);
        Problem problem = catchThrowableOfType(Problem.class, () -> SetupValidation.of(document, place, Json.mapper()));
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(WebProblem.VALIDATION_FAILED);
        return problem.details().stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    private static SetupDocument yaml(String yaml) {
        return SetupDocument.ofYaml(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
