package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.RawHttp;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathOfARequestTest {

    private static TestCompany company = TestCompany.fresh();
    private static Api root = Api.anonymous();

    @BeforeAll
    static void company() {
        TestRoutes.register();
        company = TestCompany.fresh();
        root = Api.anonymous().key(company.newOperatorKey());
    }

    @Test
    void the_name_of_a_company_is_encoded_once_or_twice_but_never_more() {
        String once = TestCompany.encoded(company.name());
        String twice = TestCompany.encoded(once);
        String thrice = TestCompany.encoded(twice);

        root.get(company.place() + "/" + once + "/helloworld").is(200);
        root.get(company.place() + "/" + twice + "/helloworld").is(200);
        root.get(company.place() + "/" + thrice + "/helloworld").isProblem(404, "saas_company_not_found");
    }

    @Test
    void a_percent_sign_in_a_name_is_no_escape() {
        TestCompany half = TestCompany.named(UUID.randomUUID(), "production", "50% of %41 " + UUID.randomUUID());
        Api api = Api.anonymous().key(half.newOperatorKey());

        api.get(half.path() + "/helloworld").is(200);
        api.get(half.place() + "/" + TestCompany.encoded(TestCompany.encoded(half.name())) + "/helloworld")
                .is(200);
    }

    @Test
    void names_and_literal_segments_are_written_in_any_case() {
        String upper = TestCompany.encoded(company.name().toUpperCase(Locale.ROOT));

        root.get("/" + company.tenant().toString().toUpperCase(Locale.ROOT) + "/PRODUCTION/" + upper + "/HelloWorld")
                .is(200);
    }

    @Test
    void a_name_in_turkish_or_german_is_found_in_any_case() {
        TestCompany island = TestCompany.named(UUID.randomUUID(), "production", "Iğdır Straße");
        Api api = Api.anonymous().key(island.newOperatorKey());

        for (String spelling : new String[] {"IĞDIR STRASSE", "iğdır straße", "Iğdır Straße"}) {
            api.get(island.place() + "/" + TestCompany.encoded(spelling) + "/helloworld")
                    .is(200);
        }
        api.get(island.place() + "/" + TestCompany.encoded("Igdır Straße") + "/helloworld")
                .isProblem(404, "saas_company_not_found");
    }

    @Test
    void a_company_is_found_by_its_id_too() {
        root.get(company.place() + "/" + company.id() + "/helloworld").is(200);
        root.get(company.place() + "/" + company.id().toString().toUpperCase(Locale.ROOT) + "/helloworld")
                .is(200);
        Api.platform().get(company.place() + "/" + company.id() + "/helloworld").is(200);
    }

    @Test
    void a_trailing_slash_is_harmless() {
        root.get(company.path() + "/helloworld/").is(200);
        root.get(company.path() + "/helloworld//").isProblem(404, "resource_not_found");
    }

    @Test
    void the_first_segment_that_is_not_the_keys_own_is_named() {
        TestCompany other = TestCompany.fresh();
        TestCompany neighbour = TestCompany.named(company.tenant(), "production", "Neighbour " + UUID.randomUUID());

        root.get(other.path() + "/helloworld").isProblem(404, "saas_tenant_not_found");
        root.get("/no-tenant/production/x/helloworld").isProblem(404, "saas_tenant_not_found");
        root.get("/" + company.tenant() + "/sandbox/x/helloworld").isProblem(404, "saas_environment_not_found");
        root.get(neighbour.path() + "/helloworld").isProblem(404, "saas_company_not_found");
        root.get(company.place() + "/Nowhere/helloworld").isProblem(404, "saas_company_not_found");
    }

    @Test
    void to_the_platform_key_what_does_not_exist_is_named() {
        Api platform = Api.platform();

        platform.get("/" + UUID.randomUUID() + "/production/x/helloworld").isProblem(404, "saas_tenant_not_found");
        platform.get("/" + company.tenant() + "/sandbox/x/helloworld").isProblem(404, "saas_environment_not_found");
        platform.get(company.place() + "/Nowhere/helloworld").isProblem(404, "saas_company_not_found");
    }

    @Test
    void the_path_of_a_company_alone_names_the_company_that_is_not_there() {
        root.get(company.place() + "/Nowhere").isProblem(404, "saas_company_not_found");
        Api.platform().get(company.place() + "/Nowhere").isProblem(404, "saas_company_not_found");
        root.post(company.place() + "/Companies", "{}").isProblem(405, "unsupported_http_method");
    }

    @Test
    void a_link_to_a_company_leads_there_whatever_its_name() {
        TestCompany odd = TestCompany.named(UUID.randomUUID(), "production", "A;B=C & D+E " + UUID.randomUUID());
        String link = odd.operator()
                .post("/test/echo", "{\"text\": \"x\"}")
                .is(201)
                .header("location")
                .orElseThrow();

        Api.anonymous()
                .key(odd.newOperatorKey())
                .sendJson("PUT", link, "{\"text\": \"x\"}")
                .is(201);
    }

    @Test
    void an_unknown_path_within_a_company_is_not_found() {
        root.get(company.path() + "/nothing").isProblem(404, "resource_not_found");
        root.post(company.path() + "/helloworld/and/more", "{}").isProblem(404, "resource_not_found");
        root.get(company.path()).isProblem(404, "resource_not_found");
    }

    @Test
    void without_a_key_nobody_learns_which_paths_there_are() {
        Api.anonymous().get(company.path() + "/nothing").isProblem(401, "unauthorized");
        Api.anonymous().post(company.path() + "/helloworld", "{}").isProblem(401, "unauthorized");
        Api.anonymous().get("/a/b/c").isProblem(401, "unauthorized");
    }

    @Test
    void a_short_unknown_path_is_not_found() {
        Api.anonymous().get("/nothing").isProblem(404, "resource_not_found");
        Api.anonymous().get("/nothing/more").isProblem(404, "resource_not_found");
        Api.anonymous().post("/nothing", "{}").isProblem(404, "resource_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "FOO", "get", "OPTIONS", "PROPFIND"})
    void a_method_that_a_known_path_does_not_have_is_refused(String method) {
        Reply reply = root.sendJson(method, company.path() + "/helloworld", "{}");

        reply.isProblem(405, "unsupported_http_method");
        assertThat(reply.header("allow").orElseThrow()).contains("GET").doesNotContain("POST");
    }

    @Test
    void a_method_override_is_ignored() {
        root.with("X-HTTP-Method-Override", "DELETE")
                .get(company.path() + "/helloworld")
                .is(200);
        root.get(company.path() + "/helloworld?_method=DELETE").is(200);
    }

    @Test
    void a_question_before_a_cross_origin_request_gets_no_permission() {
        Reply reply = root.with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "POST")
                .sendJson("OPTIONS", company.path() + "/test/echo", "");

        reply.isProblem(405, "unsupported_http_method");
        assertThat(reply.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void head_answers_as_get_without_a_body() {
        Reply reply = root.sendJson("HEAD", company.path() + "/helloworld", "");

        assertThat(reply.is(200).bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "%2e%2e",
                "%2E%2e%2f",
                "..;",
                ";x=y",
                "%2e%2e%2f%2e%2e%2flivez",
                "a%2Fb",
                "a%2fb",
                "a%5Cb",
                ".%00",
                "%00",
                "%0a",
                "%7f",
                "%zz",
                "%c0%af",
                "%ff",
                "%252e%252e",
                "%252e%252e%252f",
                "%2500",
                "a;b",
            })
    void a_path_that_tries_to_be_another_one_is_not_found(String segment) {
        for (String path : new String[] {
            company.place() + "/" + segment + "/helloworld",
            company.path() + "/" + segment + "/helloworld",
            "/" + segment + "/livez",
            company.path() + "/helloworld/" + segment,
            company.path() + "/helloworld" + segment,
        }) {
            var answer = RawHttp.get(path, company.newOperatorKey());
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.json().path("code").asString(""))
                    .as(path)
                    .isIn("bad_request", "resource_not_found", "saas_company_not_found", "saas_tenant_not_found");
        }
        // What is no UTF-8, or leaves the root, is refused by the container as no request at all.
        var asCompany = RawHttp.get(company.place() + "/" + segment + "/helloworld", company.newOperatorKey());
        assertThat(asCompany.json().path("code").asString(""))
                .as("the company is the first segment that differs")
                .isIn("saas_company_not_found", "bad_request");
        var withoutKey = RawHttp.get(company.path() + "/" + segment + "/helloworld", "");
        assertThat(withoutKey.status()).as("who has no key learns nothing").isIn(401, 400);
    }
}
