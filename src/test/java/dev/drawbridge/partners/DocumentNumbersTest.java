package dev.drawbridge.partners;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.Transactions;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers of documents are unique in the company, whatever the prefixes were before; a clash is no failure. */
class DocumentNumbersTest {

    private static final String CITY_PASS_NUMBERS = "{ prefix: \"CPN-\", next: 1, digits: 8 }";

    @Test
    void a_series_passes_the_numbers_that_another_partner_drew_under_its_prefix() {
        Castle castle = Castle.opened();
        haveBeenDrawn(castle, 1, 5_000);
        castle.change(setup -> setup.replace(CITY_PASS_NUMBERS, "{ prefix: NORD-, next: 1, digits: 8 }")
                        .replace(
                                "name: Journey Deals",
                                "name: Journey Deals\n    documentNumbers: " + CITY_PASS_NUMBERS))
                .is(200);

        String number = placed(castle, Castle.JOURNEY_DEALS).is(201).at("/buyFromOrderReference");

        assertThat(number).matches("CPN-[0-9]{8}").isGreaterThan("CPN-00005000");
        assertThat(placed(castle, Castle.JOURNEY_DEALS).is(201).at("/buyFromOrderReference"))
                .isGreaterThan(number);
    }

    @Test
    void a_few_taken_numbers_are_passed_one_by_one() {
        Castle castle = Castle.opened();
        haveBeenDrawn(castle, 1, 9);

        assertThat(placed(castle, Castle.CITY_PASS_NORD).is(201).at("/buyFromOrderReference"))
                .isEqualTo("CPN-00000010");
    }

    @Test
    void prefixes_that_give_the_same_numbers_with_their_digits_do_not_get_in_each_others_way() {
        Castle castle = Castle.opened(setup -> setup.replace(CITY_PASS_NUMBERS, "{ prefix: A, next: 101, digits: 3 }")
                .replace(
                        "name: Journey Deals",
                        "name: Journey Deals\n    documentNumbers: { prefix: A1, next: 1, digits: 2 }"));

        for (int count = 0; count < 15; count++) {
            placed(castle, Castle.CITY_PASS_NORD).is(201);
        }

        assertThat(placed(castle, Castle.JOURNEY_DEALS).is(201).at("/buyFromOrderReference"))
                .startsWith("A1");
    }

    @Test
    void a_series_that_has_no_more_numbers_is_said_to_the_partner() {
        Castle castle = Castle.opened(
                setup -> setup.replace(CITY_PASS_NUMBERS, "{ prefix: CITYPASSNORD, next: 99999999, digits: 8 }"));
        placed(castle, Castle.CITY_PASS_NORD).is(201);

        Reply refused = placed(castle, Castle.CITY_PASS_NORD).isProblem(400, "issuance_failed");

        assertThat(refused.at("/message")).contains("operator", "prefix");
    }

    private static Reply placed(Castle castle, String partner) {
        return castle.operator()
                .post(
                        "/channelManager",
                        order().of(partner)
                                .line("31009", 1, Castle.weekday(), "10:00:00")
                                .toString());
    }

    private static void haveBeenDrawn(Castle castle, int first, int last) {
        TestServer server = TestServer.running();
        server.bean(Transactions.class).inCompany(castle.id(), _ -> server.bean(JdbcClient.class)
                .sql("""
                        insert into orders.orders (company_id, order_id, partner_id, reference, reference_key,
                               document_number, status, content, received_at)
                        select :company, gen_random_uuid(), :partner::uuid, n, n, 'CPN-' || lpad(n::text, 8, '0'),
                               'Cancelled', '[]', platform.now()
                          from generate_series(:first::integer, :last::integer) as n
                        """)
                .param("company", castle.id().value())
                .param("partner", Castle.CITY_PASS_NORD)
                .param("first", first)
                .param("last", last)
                .update());
    }
}
