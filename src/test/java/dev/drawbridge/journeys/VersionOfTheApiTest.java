package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.RawHttp;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionOfTheApiTest {

    private static Api api = Api.anonymous();
    private static TestCompany company = TestCompany.fresh();

    @BeforeAll
    static void company() {
        TestRoutes.register();
        api = company.operator();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01, 2026-11-01, /greeting",
        "2027-01-31, 2026-11-01, /greeting",
        "2027-02-01, 2027-02-01, /greetings/1",
        "2027-02-02, 2027-02-01, /greetings/1",
        "9999-12-31, 2027-02-01, /greetings/1",
    })
    void the_newest_release_not_after_the_date_answers(String asked, String used, String has) {
        Reply reply = api.with("x-api-version", asked).get("/test/versions").is(200);

        assertThat(reply.header("x-api-version")).contains(used);
        assertThat(reply.at(has)).isNotEmpty();
    }

    @Test
    void without_a_date_the_newest_release_answers() {
        assertThat(api.get("/test/versions").is(200).header("x-api-version")).contains("2027-02-01");
        assertThat(api.get("/helloworld").is(200).header("x-api-version")).contains("2026-11-01");
    }

    @Test
    void refusals_say_which_release_they_are_of() {
        assertThat(api.get("/test/versions/nothing")
                        .isProblem(404, "resource_not_found")
                        .header("x-api-version"))
                .contains("2026-11-01");
        assertThat(api.patch("/setup", "{}")
                        .isProblem(405, "unsupported_http_method")
                        .header("x-api-version"))
                .contains("2026-11-01");
        assertThat(api.put("/setup", "{").isProblem(400, "invalid_json").header("x-api-version"))
                .contains("2026-11-01");
    }

    @Test
    void two_dates_are_refused() {
        RawHttp.Answer answer =
                RawHttp.send("GET " + company.path() + "/helloworld HTTP/1.1\r\nHost: x\r\nx-np-api-key: "
                        + company.newOperatorKey() + "\r\nx-api-version: 2026-11-01\r\nx-api-version: 2027-02-01\r\n"
                        + "Connection: close\r\n\r\n");

        assertThat(answer.json().path("code").asString()).isEqualTo("invalid_api_version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-31", "2026-02-30", "1", "latest", "2026-11-01T00:00:00Z", "", "20261101"})
    void what_is_no_date_or_before_the_first_release_is_refused(String asked) {
        api.with("x-api-version", asked).get("/helloworld").isProblem(400, "invalid_api_version");
    }
}
