package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.Transactions;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code PUT .../setup} and {@code GET .../setup}: a company from one document. */
class SettingACompanyUpTest {

    @Test
    void the_first_document_creates_the_company_and_the_same_again_changes_nothing() {
        Site site = Site.fresh();

        assertThat(Site.counts(site.put(Site.LISTS).is(201))).containsExactly(5, 0, 0, 0, 0);
        assertThat(Site.counts(site.put(Site.LISTS).is(200))).containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void another_document_changes_only_what_differs() {
        Site site = Site.fresh();
        site.put(Site.LISTS).is(201);

        Reply answer = site.put(Site.LISTS
                        .replace("description: A", "description: Castle")
                        .replace("- { number: \"31002\", description: B }", "- { number: \"31003\", description: C }"))
                .is(200);

        assertThat(Site.counts(answer)).containsExactly(1, 1, 3, 0, 1);
        assertThat(site.entry("items", "31001").path("description").asString()).isEqualTo("Castle");
        assertThat(site.entry("items", "31002").isMissingNode()).isTrue();
    }

    @Test
    void the_company_counts_as_one_entry() {
        Site site = Site.fresh();
        site.put("").is(201);

        Reply answer = Site.putYaml(site.platform(), site.company() + "  displayName: CRONUS Castle\n")
                .is(200);

        assertThat(Site.counts(answer)).containsExactly(0, 1, 0, 0, 0);
        assertThat(Api.platform()
                        .get("/" + site.tenant() + "/production/companies")
                        .at("/data/0/displayName"))
                .isEqualTo("CRONUS Castle");
    }

    @Test
    void yaml_is_for_those_who_ask_for_it_and_want_json_no_more() {
        Api platform = Site.opened().platform();

        assertThat(platform.with("Accept", "application/yaml, */*;q=0.1")
                        .get("/setup")
                        .header("content-type"))
                .contains("application/yaml");
        assertThat(platform.with("Accept", "application/json, application/yaml;q=0.5")
                        .get("/setup")
                        .header("content-type"))
                .contains("application/json");
    }

    @Test
    void the_slots_exist_when_the_answer_comes() {
        Site site = Site.fresh();
        site.put(Site.LISTS).is(201);
        assertThat(slots(site)).isEqualTo(20);

        site.put(Site.LISTS.replace("\"14:00\"", "\"14:00\", \"16:00\"")).is(200);
        assertThat(slots(site)).isEqualTo(30);
    }

    @Test
    void a_document_with_any_mistake_changes_nothing_and_names_them_all() {
        Site site = Site.fresh();
        site.put(Site.LISTS).is(201);

        Reply refused = site.put(Site.LISTS
                .replace("description: A", "description: Castle")
                .replace("amount: 100.00", "amount: \"100.00\"")
                .replace("{ number: \"31002\"", "{ number: 31002"));

        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations())
                .containsExactly("/items/0/price/amount wrong_type", "/items/1/number wrong_type");
        assertThat(Site.counts(site.put(Site.LISTS))).containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void a_refused_document_creates_no_company() {
        Site site = Site.fresh();

        site.put("items: 5\n").isProblem(400, "validation_failed");

        site.platform().get("/helloworld").isProblem(404, "saas_tenant_not_found");
    }

    @Test
    void what_is_no_document_is_refused_with_line_and_column() {
        Site site = Site.fresh();

        assertThat(Site.putYaml(site.platform(), "company: {a: 1\n")
                        .isProblem(400, "invalid_json")
                        .at("/message"))
                .contains("YAML", "line 2, column 1");
        assertThat(site.platform()
                        .put("/setup", "{\"company\": ")
                        .isProblem(400, "invalid_json")
                        .at("/message"))
                .contains("JSON", "line 1");
        site.platform()
                .with("Content-Type", "text/plain")
                .send("PUT", "/setup", BodyPublishers.ofString("a: 1"))
                .isProblem(415, "unsupported_media_type");
        Site.putYaml(site.platform(), "a: 1 #" + "x".repeat(2 * 1024 * 1024)).isProblem(413, "payload_too_large");
    }

    @Test
    void a_repeated_request_gets_the_first_answer_again() {
        Site site = Site.fresh();
        Api api = site.platform().with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = Site.putYaml(api, site.company() + Site.LISTS).is(201);
        Reply again = Site.putYaml(api, site.company() + Site.LISTS).is(201);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("idempotency-replayed")).contains("true");
        Site.putYaml(api, site.company()).isProblem(422, "idempotency_key_reused");
    }

    @Test
    void what_was_refused_once_is_refused_again_to_a_repeated_request() {
        Site site = Site.opened();
        Api api = site.platform().with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = Site.putYaml(api, site.company() + "items: 5\n").isProblem(400, "validation_failed");

        assertThat(Site.putYaml(api, site.company() + "items: 5\n").text()).isEqualTo(first.text());
    }

    @Test
    void who_applied_a_setup_is_on_record() {
        Site site = Site.opened();

        List<String> actions = TestServer.running()
                .bean(Transactions.class)
                .inCompany(site.id(), open -> TestServer.running()
                        .bean(JdbcClient.class)
                        .sql("""
                                select action || ' ' || (details ->> 'created')
                                  from platform.audit_log
                                 order by happened_at
                                """)
                        .query((row, number) -> row.getString(1))
                        .list());

        assertThat(actions).containsExactly("setup_applied 5");
    }

    @Test
    void the_schema_of_the_format_is_published_for_everybody() {
        Reply schema = Api.anonymous().get("/setup.schema.json").is(200);

        assertThat(schema.header("content-type")).contains("application/schema+json");
        assertThat(schema.at("/$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    private static int slots(Site site) {
        LocalDate tomorrow = LocalDate.now(ZoneId.of("Europe/Copenhagen")).plusDays(1);
        return site.platform()
                .get("/admissions/CASTLE/slots?from=" + tomorrow + "&until=" + tomorrow.plusDays(9))
                .is(200)
                .json()
                .path("data")
                .size();
    }
}
