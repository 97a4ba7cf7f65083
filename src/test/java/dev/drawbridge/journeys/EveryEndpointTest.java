package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for every endpoint of a tenant, whichever there are: this list is the server's own. */
class EveryEndpointTest {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

    private static TestCompany company = TestCompany.fresh();
    private static Api own = Api.anonymous();
    private static Api foreign = Api.anonymous();

    /** @param path with every variable filled in but for the company's place */
    record Endpoint(String method, String path) {

        String at(TestCompany company) {
            return path.replace("{tenant}", company.tenant().toString())
                    .replace("{environment}", company.environment())
                    .replace("{company}", TestCompany.encoded(company.name()));
        }
    }

    @BeforeAll
    static void companies() {
        company = TestCompany.fresh();
        own = Api.anonymous().key(company.newOperatorKey());
        foreign = Api.anonymous().key(TestCompany.fresh().newOperatorKey());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void it_needs_a_key(Endpoint endpoint) {
        Api.anonymous().sendJson(endpoint.method(), endpoint.at(company), "{}").isProblem(401, "unauthorized");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_key_of_another_tenant_learns_nothing(Endpoint endpoint) {
        foreign.sendJson(endpoint.method(), endpoint.at(company), "{}").isProblem(404, "saas_tenant_not_found");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void it_refuses_a_version_from_before_the_first(Endpoint endpoint) {
        own.with("x-api-version", "2026-10-31")
                .sendJson(endpoint.method(), endpoint.at(company), "{}")
                .isProblem(400, "invalid_api_version");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_strict_request_may_have_no_parameter_that_nobody_knows(Endpoint endpoint) {
        Reply reply = own.with("Prefer", "handling=strict")
                .sendJson(endpoint.method(), endpoint.at(company) + "?colour=red", "{}")
                .isProblem(400, "validation_failed");

        assertThat(reply.violations()).contains("colour unknown_property");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void every_refusal_names_its_release(Endpoint endpoint) {
        Api anybody = Api.anonymous();

        assertThat(anybody.sendJson(endpoint.method(), endpoint.at(company), "{}")
                        .header("x-api-version"))
                .contains("2026-11-01");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whatever_comes_it_is_no_fault_of_the_server(Endpoint endpoint) {
        for (String body : List.of("{}", "[]", "{", "{\"items\": [null], \"tokens\": 1}")) {
            Reply reply = own.with("Prefer", "handling=strict").sendJson(endpoint.method(), endpoint.at(company), body);
            assertThat(reply.status()).as(reply.text()).isLessThan(500);
        }
    }

    @ParameterizedTest
    @MethodSource("endpointsWithBody")
    void it_knows_idempotency_keys(Endpoint endpoint) {
        Reply reply = own.with("Idempotency-Key", "with blank")
                .sendJson(endpoint.method(), endpoint.at(company), "{}")
                .isProblem(400, "validation_failed");

        assertThat(reply.fields()).containsExactly("Idempotency-Key");
    }

    static List<Endpoint> endpoints() {
        return TestServer.running().bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
                .flatMap(route -> route.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/{tenant}/"))
                        .filter(pattern -> !pattern.contains("/test/"))
                        .flatMap(pattern -> route.getMethodsCondition().getMethods().stream()
                                .map(method -> endpoint(method, pattern))))
                .toList();
    }

    static List<Endpoint> endpointsWithBody() {
        return endpoints().stream()
                .filter(endpoint -> WITH_BODY.contains(endpoint.method()))
                .toList();
    }

    private static Endpoint endpoint(RequestMethod method, String pattern) {
        String path = pattern.replaceAll(
                "\\{(?!tenant}|environment}|company})[^}]+}", UUID.randomUUID().toString());
        return new Endpoint(method.name(), path);
    }
}
