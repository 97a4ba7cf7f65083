package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Reply;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the body of create and replace may say, rule by rule. */
class OrderBodyTest {

    private static final LocalDate WEEKDAY = Castle.weekday();

    private static Castle castle;
    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        castle = Castle.opened(setup -> setup.replace("designs:", """
                  - number: "41003"
                    description: Umbrella
                    price: { amount: 5.00, includesVat: true, vatPercent: 25 }

                designs:"""));
        partner = castle.partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void all_violations_come_together_in_document_order() {
        Reply refused =
                partner.post("/channelManager", """
                {"items": [
                    {"itemNumber": "99999", "quantity": 0, "visitDate": "2026-02-30", "visitTime": "10:30"},
                    {"quantity": "1", "visitDate": "%s", "visitTime": "10:00:00"}],
                 "sellToEmail": "nobody", "sellToOrderReference": " A", "partnerId": 7}
                """.formatted(Castle.today().minusDays(1)));
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations())
                .containsExactly(
                        "/items/0/itemNumber unknown_item",
                        "/items/0/quantity out_of_range",
                        "/items/0/visitDate invalid_format",
                        "/items/0/visitTime invalid_format",
                        "/items/1/itemNumber required",
                        "/items/1/quantity wrong_type",
                        "/items/1/visitDate date_in_past",
                        "/sellToEmail invalid_format",
                        "/sellToOrderReference invalid_format",
                        "/partnerId wrong_type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            partnerId            | null                  | required
            partnerId            | 7                     | wrong_type
            partnerId            | "journey"             | invalid_format
            sellToOrderReference | null                  | required
            sellToOrderReference | ""                    | blank
            sellToOrderReference | "  "                  | blank
            sellToOrderReference | "A "                  | invalid_format
            sellToOrderReference | "A\\u0007B"           | invalid_character
            sellToOrderReference | "A\\u202EB"           | invalid_character
            sellToOrderReference | "A\\uD800B"           | invalid_character
            sellToEmail          | "a@b@c"               | invalid_format
            sellToEmail          | true                  | wrong_type
            sellToName           | "Jane\\nDoe"          | invalid_character
            sellToLanguage       | "XXX"                 | unknown_language
            sellToLanguage       | "da-DK"               | unknown_language
            paymentReference     | 1                     | wrong_type
            items                | null                  | required
            items                | {}                    | wrong_type
            items                | []                    | out_of_range
            """)
    void a_header_field_must_be_what_the_contract_says(String field, String value, String code) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("partnerId", "\"" + Castle.JOURNEY_DEALS + "\"");
        body.put("sellToOrderReference", "\"R\"");
        body.put("items", "[" + line("{}") + "]");
        body.put(field, value);
        Reply refused = partner.post(
                "/channelManager",
                body.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations()).containsExactly("/" + field + " " + code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            itemNumber | null         | required
            itemNumber | 31001        | wrong_type
            itemNumber | "nope"       | unknown_item
            itemNumber | "31099"      | item_blocked
            itemNumber | "41003"      | item_not_issuable
            quantity   | 0            | out_of_range
            quantity   | -1           | out_of_range
            quantity   | 10000        | out_of_range
            quantity   | 1.0          | wrong_type
            quantity   | 1e0          | wrong_type
            quantity   | "1"          | wrong_type
            quantity   | true         | wrong_type
            quantity   | 99999999999999999999 | out_of_range
            visitDate  | null         | required
            visitDate  | "2026-2-3"   | invalid_format
            visitDate  | "2027-02-29" | invalid_format
            visitDate  | 20260203     | wrong_type
            visitTime  | null         | required
            visitTime  | "24:00:00"   | invalid_format
            visitTime  | "10:00"      | invalid_format
            visitTime  | "10:00:60"   | invalid_format
            wallet     | []           | wrong_type
            sellToName | 1            | wrong_type
            """)
    void a_line_field_must_be_what_the_contract_says(String field, String value, String code) {
        Reply refused = place(order().item(line("{\"" + field + "\": " + value + "}")));
        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations()).containsExactly("/items/0/" + field + " " + code);
    }

    @ParameterizedTest
    @CsvSource({"49, 201", "50, 201", "51, 400"})
    void an_order_reference_has_at_most_fifty_code_points(int length, int status) {
        String unique = UUID.randomUUID().toString();
        String reference = unique + "\uD83C\uDFF0".repeat(length - unique.length());
        Reply reply = place(order().reference(reference).line("31001", 1, WEEKDAY, "10:00:00"));
        reply.isStatus(status);
        assertThat(status == 201 ? reply.at("/sellToOrderReference") : reply.at("/details/0/code"))
                .isEqualTo(status == 201 ? reference : "too_long");
    }

    @ParameterizedTest
    @CsvSource({"-1, date_in_past", "0, ", "40, ", "41, beyond_sale_horizon"})
    void a_visit_is_from_today_to_the_last_day_of_the_sale_horizon(int daysAhead, String code) {
        Reply reply = place(order().line("31009", 1, Castle.today().plusDays(daysAhead), "10:00:00"));
        if (code == null) {
            reply.is(201);
        } else {
            reply.isProblem(400, "validation_failed");
            assertThat(reply.violations()).containsExactly("/items/0/visitDate " + code);
        }
    }

    @Test
    void quantity_absent_and_null_are_one() {
        String visit = "\"itemNumber\": \"31001\", \"visitDate\": \"" + WEEKDAY + "\", \"visitTime\": \"10:00:00\"";
        Reply placed = place(order().item("{" + visit + "}").item("{" + visit + ", \"quantity\": null}"))
                .is(201);
        assertThat(placed.json().path("items"))
                .allSatisfy(line -> assertThat(line.path("quantity").asInt()).isOne());
    }

    @Test
    void items_are_found_in_any_case_and_come_back_as_they_were_sent() {
        Castle lettered = Castle.opened(setup -> setup.replace("number: \"31009\"", "number: \"Park-İ\""));
        Reply placed = lettered.partner(Castle.JOURNEY_DEALS)
                .post(
                        "/channelManager",
                        order().line("pARK-i\u0307", 1, WEEKDAY, "10:00:00").toString())
                .is(201);
        assertThat(placed.at("/items/0/itemNumber")).isEqualTo("pARK-i\u0307");
    }

    @Test
    void a_local_time_that_daylight_saving_skips_is_refused() {
        Castle ahead = Castle.opened(setup -> setup.replace("saleHorizon: P40D", "saleHorizon: P1Y"));
        LocalDate spring = lastSundayOfMarch();
        Reply refused = ahead.partner(Castle.JOURNEY_DEALS)
                .post(
                        "/channelManager",
                        order().line("31009", 1, spring, "02:30:00").toString());
        assertThat(refused.violations()).containsExactly("/items/0/visitTime time_does_not_exist");
    }

    private static Reply place(OrderJson order) {
        return partner.post("/channelManager", order.toString());
    }

    /** A good line with some of its properties changed. */
    private static String line(String changes) {
        String good = "\"itemNumber\": \"31001\", \"visitDate\": \"" + WEEKDAY + "\", \"visitTime\": \"10:00:00\"";
        String change = changes.substring(1, changes.length() - 1);
        if (change.isEmpty()) {
            return "{" + good + "}";
        }
        String name = change.substring(1, change.indexOf('"', 1));
        String rest = good.replaceFirst("\"" + name + "\": \"[^\"]*\"(, )?", "");
        return "{" + change + (rest.isEmpty() ? "" : ", " + rest.replaceFirst(", $", "")) + "}";
    }

    private static LocalDate lastSundayOfMarch() {
        LocalDate today = Castle.today();
        LocalDate thisYear = YearMonth.of(today.getYear(), 3)
                .atEndOfMonth()
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        return thisYear.isAfter(today)
                ? thisYear
                : YearMonth.of(today.getYear() + 1, 3)
                        .atEndOfMonth()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    }
}
