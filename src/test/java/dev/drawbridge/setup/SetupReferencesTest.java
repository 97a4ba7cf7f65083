package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.OrderJson;
import dev.drawbridge.fixtures.Seller;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.fixtures.WatchedDataSource;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whether an entry is in use is asked in small parts, and once only where the answer stays. */
class SetupReferencesTest {

    private static final UUID OLDEST = new UUID(0, 1);

    private final TestServer server = TestServer.running();
    private final SetupReferences references = server.bean(SetupReferences.class);

    @Test
    void the_oldest_of_many_orders_keeps_its_item() {
        CompanyId company = Site.opened().id();
        haveOrders(company, 2 * SetupReferences.PART_ORDERS, "'[{\"itemNumber\": \"31001\"}]'");
        hasOldest(company, "[{\"itemNumber\": \"old\"}]");

        assertThat(references.referredTo(company, Set.of(item("old"), item("never"), item("31001"))))
                .containsExactlyInAnyOrder(item("old"), item("31001"));
    }

    @Test
    void orders_are_read_in_parts_the_newest_first_until_all_is_found() {
        CompanyId company = Site.opened().id();
        haveOrders(company, 2 * SetupReferences.PART_ORDERS, "'[{\"itemNumber\": \"31001\"}]'");

        assertThat(partsRead(company, item("31001"))).isEqualTo(1);
        assertThat(partsRead(company, item("31001"), item("never"))).isEqualTo(2);
        hasOldest(company, "[]");
        assertThat(partsRead(company, item("31001"), item("never"))).isEqualTo(3);
    }

    @Test
    void an_order_whose_lines_cannot_be_read_hides_no_other() {
        CompanyId company = Site.opened().id();
        haveOrders(company, 1, "'{}'");
        haveOrders(company, 1, "'[5, {}, null, {\"itemNumber\": null}]'");
        hasOldest(company, "[{\"itemNumber\": \"31001\"}]");

        assertThat(references.referredTo(company, Set.of(item("31001"), item("31002"))))
                .containsExactly(item("31001"));
    }

    @Test
    void what_is_kept_for_its_tickets_and_coupons_is_not_asked_about_again() {
        Castle castle = Castle.opened();
        Seller.at(castle)
                .settles(OrderJson.order()
                        .paid()
                        .line("31009", 1, Castle.weekday(), "11:00:00")
                        .line("41002", 1, Castle.weekday(), "11:00:00"));
        JsonNode without = Site.without(castle.operator().get("/setup").json(), "items", "31009");
        without = Site.without(Site.without(without, "ticketTypes", "PARK"), "couponTypes", "SHOP10");
        String document = Site.without(without, "items", "41002").toString();

        List<String> first = statementsOfPut(castle, document);
        List<String> again = statementsOfPut(castle, document);

        assertThat(first).anyMatch(sql -> sql.contains("ticketing.tickets"));
        assertThat(again)
                .noneMatch(sql -> sql.contains("ticketing.tickets")
                        || sql.contains("coupons.coupons")
                        || sql.contains("json_array_elements"));
        castle.operator().put("/setup", document).is(200);
        assertThat(Site.find(castle.operator().get("/setup").json(), "items", "31009")
                        .path("blocked")
                        .asBoolean())
                .isTrue();
    }

    /** What is asked before the document is applied, as the request does it, and then applies it. */
    private List<String> statementsOfPut(Castle castle, String document) {
        List<String> statements = new ArrayList<>();
        ValidSetup setup = SetupValidation.of(
                SetupDocument.ofJson(Json.mapper().readTree(document)), CompanyPlace.ANYWHERE, Json.mapper());
        WatchedDataSource.under(
                watching(statements), () -> server.bean(SetupEntries.class).leftOut(castle.id(), setup.entries()));
        castle.operator().put("/setup", document).is(200);
        return statements;
    }

    private long partsRead(CompanyId company, EntryKey... entries) {
        List<String> statements = new ArrayList<>();
        WatchedDataSource.under(watching(statements), () -> references.referredTo(company, Set.of(entries)));
        return statements.stream()
                .filter(sql -> sql.contains("json_array_elements"))
                .count();
    }

    private static WatchedDataSource.Script watching(List<String> statements) {
        return new WatchedDataSource.Script() {
            @Override
            public void beforeStatement(String sql) {
                statements.add(sql);
            }
        };
    }

    private void haveOrders(CompanyId company, int count, String content) {
        server.bean(Transactions.class).inCompany(company, _ -> server.bean(JdbcClient.class)
                .sql("""
                        insert into orders.orders (company_id, order_id, partner_id, reference, reference_key,
                               document_number, status, content, received_at)
                        select :company, id, id, 'A', 'a', id::text, 'Cancelled', :content::json, platform.now()
                          from (select gen_random_uuid() as id from generate_series(1, :count)) as new
                        """.replace(":content", content))
                .param("company", company.value())
                .param("count", count)
                .update());
    }

    private void hasOldest(CompanyId company, String content) {
        server.bean(Transactions.class).inCompany(company, _ -> server.bean(JdbcClient.class)
                .sql("""
                        insert into orders.orders (company_id, order_id, partner_id, reference, reference_key,
                               document_number, status, content, received_at)
                        values (:company, :id, :id, 'A', 'a', 'OLD', 'Cancelled', :content::json, platform.now())
                        """)
                .param("company", company.value())
                .param("id", OLDEST)
                .param("content", content)
                .update());
    }

    private static EntryKey item(String key) {
        return new EntryKey(DefinitionKind.ITEM, key);
    }
}
