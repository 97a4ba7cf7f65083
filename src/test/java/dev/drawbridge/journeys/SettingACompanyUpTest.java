package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** {@code PUT .../setup} and {@code GET .../setup}: a company from one document. */
class SettingACompanyUpTest {

    private static final String LISTS = """
            admissions:
              - code: CASTLE
                entry: TIMED
                schedules:
                  - { at: ["10:00", "14:00"], lasts: PT1H, capacity: 20 }
            ticketTypes:
              - { code: ENTRY, registration: INDIVIDUAL, admissions: [CASTLE], numberPattern: "[X*10]" }
            items:
              - { number: "31001", description: A, ticketType: ENTRY, price: { amount: 100.00, includesVat: true, vatPercent: 25 } }
              - { number: "31002", description: B }
            """;

    @Test
    void the_first_document_creates_the_company_and_the_same_again_changes_nothing() {
        Site site = Site.fresh();

        assertThat(counts(site.put(LISTS).is(201))).containsExactly(5, 0, 0, 0, 0);
        assertThat(counts(site.put(LISTS).is(200))).containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void another_document_changes_only_what_differs() {
        Site site = Site.fresh();
        site.put(LISTS).is(201);

        Reply answer = site.put(LISTS.replace("description: A", "description: Castle")
                        .replace("- { number: \"31002\", description: B }", "- { number: \"31003\", description: C }"))
                .is(200);

        assertThat(counts(answer)).containsExactly(1, 1, 3, 0, 1);
        assertThat(site.entry("items", "31001").path("description").asString()).isEqualTo("Castle");
        assertThat(site.entry("items", "31002").isMissingNode()).isTrue();
    }

    @Test
    void the_company_counts_as_one_entry() {
        Site site = Site.fresh();
        site.put("").is(201);

        Reply answer = Site.putYaml(site.platform(), site.company() + "  displayName: CRONUS Castle\n")
                .is(200);

        assertThat(counts(answer)).containsExactly(0, 1, 0, 0, 0);
        assertThat(Api.platform()
                        .get("/" + site.tenant() + "/production/companies")
                        .at("/data/0/displayName"))
                .isEqualTo("CRONUS Castle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml", "*/*"})
    void the_document_comes_back_as_written_and_putting_it_back_changes_nothing(String type) {
        Site site = Site.fresh();
        site.put(LISTS).is(201);

        Reply given = site.platform().with("Accept", type).get("/setup").is(200);

        String expected = type.equals("application/yaml") ? "application/yaml" : "application/json";
        assertThat(given.header("content-type")).contains(expected);
        assertThat(given.text()).contains("100.00");
        Reply back = site.platform()
                .with("Content-Type", expected)
                .send("PUT", "/setup", BodyPublishers.ofByteArray(given.bytes()))
                .is(200);
        assertThat(counts(back)).containsExactly(0, 0, 5, 0, 0);
        assertThat(site.platform().with("Accept", type).get("/setup").text()).isEqualTo(given.text());
    }

    @Test
    void yaml_is_for_those_who_ask_for_it_and_want_json_no_more() {
        Api platform = putFresh().platform();

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
        site.put(LISTS).is(201);
        assertThat(slots(site)).isEqualTo(20);

        site.put(LISTS.replace("\"14:00\"", "\"14:00\", \"16:00\"")).is(200);
        assertThat(slots(site)).isEqualTo(30);
    }

    @Test
    void a_document_with_any_mistake_changes_nothing_and_names_them_all() {
        Site site = Site.fresh();
        site.put(LISTS).is(201);

        Reply refused = site.put(LISTS.replace("description: A", "description: Castle")
                .replace("amount: 100.00", "amount: \"100.00\"")
                .replace("{ number: \"31002\"", "{ number: 31002"));

        refused.isProblem(400, "validation_failed");
        assertThat(refused.violations())
                .containsExactly("/items/0/price/amount wrong_type", "/items/1/number wrong_type");
        assertThat(counts(site.put(LISTS))).containsExactly(0, 0, 5, 0, 0);
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
    void only_the_platform_key_creates_companies() {
        Site site = putFresh();
        String operator =
                site.platform().post("/apiKeys", "{\"name\": \"o\"}").is(201).at("/key");
        Site neighbour = new Site(site.tenant(), site.environment(), site.name() + " II");

        Site.putYaml(Api.anonymous().key(operator).below(neighbour.path()), neighbour.company())
                .isProblem(404, "saas_company_not_found");
        Site elsewhere = Site.fresh();
        Site.putYaml(Api.anonymous().key(operator).below(elsewhere.path()), elsewhere.company())
                .isProblem(404, "saas_tenant_not_found");
        assertThat(counts(Site.putYaml(Api.anonymous().key(operator).below(site.path()), site.company() + LISTS)
                        .is(200)))
                .containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void a_key_without_the_permission_neither_reads_nor_changes_a_setup() {
        Site site = putFresh();
        String key = site.platform()
                .post("/apiKeys", "{\"name\": \"o\", \"permissions\": [\"OTA Channel Manager\"]}")
                .is(201)
                .at("/key");

        site.platform().key(key).get("/setup").isProblem(403, "forbidden");
        Site.putYaml(site.platform().key(key), site.company()).isProblem(403, "forbidden");
    }

    @Test
    void the_address_and_the_document_must_name_the_same_company() {
        Site site = putFresh();
        Site other = new Site(site.tenant(), site.environment(), "Other");

        Reply refused = Site.putYaml(site.platform(), other.company()).isProblem(400, "validation_failed");

        assertThat(refused.violations()).containsExactly("/company/name conflict");
    }

    @Test
    void the_company_may_be_addressed_in_any_case_encoded_twice_or_by_its_id() {
        Site site = putFresh();
        String id = Api.platform()
                .get("/" + site.tenant() + "/production/companies")
                .at("/data/0/id");
        String upper = site.path().replace("Site", "SITE").replace("production", "Production");

        for (String path :
                List.of(upper, site.path().replace("%20", "%2520"), "/" + site.tenant() + "/production/" + id)) {
            Reply answer = Site.putYaml(Api.platform().below(path), site.company() + LISTS);
            assertThat(counts(answer.is(200))).containsExactly(0, 0, 5, 0, 0);
        }
    }

    @Test
    void a_new_company_may_be_addressed_encoded_twice_but_not_by_an_id() {
        Site site = Site.fresh();
        Site.putYaml(Api.platform().below(site.path().replace("%20", "%2520")), site.company())
                .is(201);
        assertThat(site.setup().at("/company/name").asString()).isEqualTo(site.name());

        Api unknown = Api.platform().below("/" + site.tenant() + "/production/" + UUID.randomUUID());
        Site.putYaml(unknown, site.company()).isProblem(404, "saas_company_not_found");
    }

    @Test
    void a_repeated_request_gets_the_first_answer_again() {
        Site site = Site.fresh();
        Api api = site.platform().with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = Site.putYaml(api, site.company() + LISTS).is(201);
        Reply again = Site.putYaml(api, site.company() + LISTS).is(201);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("idempotency-replayed")).contains("true");
        Site.putYaml(api, site.company()).isProblem(422, "idempotency_key_reused");
    }

    @Test
    void what_was_refused_once_is_refused_again_to_a_repeated_request() {
        Site site = putFresh();
        Api api = site.platform().with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = Site.putYaml(api, site.company() + "items: 5\n").isProblem(400, "validation_failed");

        assertThat(Site.putYaml(api, site.company() + "items: 5\n").text()).isEqualTo(first.text());
    }

    @Test
    void of_many_that_create_one_company_at_once_one_does() {
        Site site = Site.fresh();

        List<Reply> answers = atOnce(IntStream.range(0, 8).mapToObj(_ -> LISTS).toList(), site);

        assertThat(answers).extracting(Reply::status).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(answers.stream()
                        .mapToInt(answer -> counts(answer).getFirst())
                        .sum())
                .isEqualTo(5);
        assertThat(counts(site.put(LISTS))).containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void of_many_different_documents_at_once_one_is_what_stays() {
        Site site = putFresh();
        List<String> documents = IntStream.range(0, 8)
                .mapToObj(number -> "items:\n" + items(number * 5, number * 5 + 20))
                .toList();

        assertThat(atOnce(documents, site)).extracting(Reply::status).containsOnly(200);

        ObjectNode setup = site.setup();
        assertThat(setup.path("items").size()).isEqualTo(20);
        int first = Integer.parseInt(setup.at("/items/0/number").asString());
        assertThat(counts(site.put("items:\n" + items(first, first + 20)))).containsExactly(0, 0, 21, 0, 0);
    }

    @Test
    void a_document_of_thousands_of_entries_is_applied_in_parts_and_counted_as_one() {
        Site site = Site.fresh();
        String many = "items:\n" + items(0, 2_500);

        assertThat(counts(site.put(many).is(201))).containsExactly(2_501, 0, 0, 0, 0);
        assertThat(counts(site.put(many).is(200))).containsExactly(0, 0, 2_501, 0, 0);
        assertThat(counts(site.put("items:\n" + items(1_000, 3_500)).is(200)))
                .containsExactly(1_000, 0, 1_501, 0, 1_000);
        assertThat(site.setup().path("items").size()).isEqualTo(2_500);
    }

    @Test
    void who_applied_a_setup_is_on_record() {
        Site site = putFresh();

        var company = new CompanyId(UUID.fromString(Api.platform()
                .get("/" + site.tenant() + "/production/companies")
                .at("/data/0/id")));
        List<String> actions = TestServer.running()
                .bean(Transactions.class)
                .inCompany(company, open -> TestServer.running()
                        .bean(JdbcClient.class)
                        .sql(
                                "select action || ' ' || (details ->> 'created') from platform.audit_log order by happened_at")
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

    private static Site putFresh() {
        Site site = Site.fresh();
        site.put(LISTS).is(201);
        return site;
    }

    private static String items(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(number -> "  - { number: \"%d\", description: Item %d }\n".formatted(number, number))
                .collect(Collectors.joining());
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

    /** created, changed, unchanged, retired, removed */
    private static List<Integer> counts(Reply answer) {
        assertThat(answer.json().propertyNames())
                .containsExactly("created", "changed", "unchanged", "retired", "removed");
        return answer.json().valueStream().map(count -> count.asInt()).toList();
    }

    private static List<Reply> atOnce(List<String> lists, Site site) {
        var start = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> answers = lists.stream()
                    .map(document -> clients.submit(() -> {
                        start.await();
                        return site.put(document);
                    }))
                    .toList();
            start.countDown();
            return answers.stream().map(SettingACompanyUpTest::result).toList();
        }
    }

    private static Reply result(Future<Reply> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
