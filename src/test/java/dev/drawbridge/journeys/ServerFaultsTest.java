package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerFaultsTest {

    private static Api api = Api.anonymous();

    @BeforeAll
    static void company() {
        TestRoutes.register();
        api = TestCompany.fresh().operator();
    }

    @Test
    void a_fault_of_the_server_shows_nothing_of_its_inside() {
        Reply reply = api.get("/test/fault").isProblem(500, "internal_error");

        assertThat(reply.text()).doesNotContain("api_keys", "Illegal");
    }

    @Test
    void a_database_that_is_away_is_overload_and_says_when_to_come_back() {
        Reply reply = api.get("/test/no-database").isProblem(503, "overloaded");

        assertThat(reply.header("retry-after")).contains("1");
        assertThat(reply.text()).doesNotContain("10.0.0.1");
    }

    @Test
    void a_request_id_is_ours_and_new_each_time() {
        Api asking = api.with("x-request-id", "mine");

        assertThat(asking.get("/helloworld").is(200).header("x-request-id").orElseThrow())
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(asking.get("/helloworld").header("x-request-id").orElseThrow());
    }

    @Test
    void the_process_is_live_and_ready() {
        assertThat(Api.anonymous().get("/livez").is(200).at("/status")).isEqualTo("live");
        assertThat(Api.anonymous().get("/readyz").is(200).at("/status")).isEqualTo("ready");
        Api.anonymous().post("/readyz", "{}").isProblem(405, "unsupported_http_method");
    }
}
