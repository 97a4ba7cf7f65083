package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.RawHttp;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static Api api = Api.anonymous();
    private static TestCompany company = TestCompany.fresh();

    @BeforeAll
    static void company() {
        TestRoutes.register();
        company = TestCompany.fresh();
        api = company.operator();
    }

    @Test
    void a_list_that_fits_is_one_page() {
        Reply reply = api.get("/test/rows").is(200);

        assertThat(reply.json().propertyNames()).containsExactly("morePages", "nextPageKey", "nextPageURL", "data");
        assertThat(reply.text())
                .startsWith("{\"morePages\":false,\"nextPageKey\":\"\",\"nextPageURL\":\"\",\"data\":[");
        assertThat(numbers(reply)).hasSize(25);
        assertThat(api.get("/test/rows?pageSize=25").is(200).at("/morePages")).isEqualTo("false");
        assertThat(api.get("/test/rows?pageSize=24").is(200).at("/morePages")).isEqualTo("true");
    }

    @Test
    void following_the_pages_shows_every_row_once() {
        List<Integer> seen = new ArrayList<>();
        String next = "/test/rows?pageSize=10";
        while (!next.isEmpty()) {
            Reply page = api.get(next).is(200);
            seen.addAll(numbers(page));
            next = page.at("/nextPageURL");
        }

        assertThat(seen).isEqualTo(IntStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void the_next_address_is_public_and_keeps_the_other_parameters() {
        Reply first = api.get("/test/rows?even=1&pageSize=5&colour=r%C3%B8d").is(200);

        assertThat(first.at("/nextPageURL"))
                .startsWith(TestServer.running().address() + company.path()
                        + "/test/rows?even=1&pageSize=5&colour=r%C3%B8d&")
                .endsWith("&pageKey=" + first.at("/nextPageKey"));
        assertThat(first.at("/nextPageKey")).matches("[A-Za-z0-9_-]+");
        assertThat(numbers(api.get(first.at("/nextPageURL")).is(200))).containsExactly(12, 14, 16, 18, 20);
    }

    @Test
    void another_page_size_goes_on_from_the_same_place() {
        String key = api.get("/test/rows?pageSize=10").is(200).at("/nextPageKey");

        assertThat(numbers(api.get("/test/rows?pageSize=2&pageKey=" + key).is(200)))
                .containsExactly(11, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "20001", "99999999999999999999", "1.0", "x", "", "1e3"})
    void a_page_size_outside_its_bounds_is_a_violation(String size) {
        assertThat(api.get("/test/rows?pageSize=" + size)
                        .isProblem(400, "validation_failed")
                        .fields())
                .containsExactly("pageSize");
    }

    @Test
    void page_sizes_from_1_to_20000_are_allowed() {
        assertThat(numbers(api.get("/test/rows?pageSize=1").is(200))).containsExactly(1);
        api.get("/test/rows?pageSize=20000").is(200);
    }

    @Test
    void a_parameter_that_is_given_twice_is_a_violation() {
        assertThat(api.get("/test/rows?pageSize=1&pageSize=2")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("pageSize duplicate_value");
    }

    @Test
    void a_changed_key_is_refused() {
        String key = api.get("/test/rows?pageSize=10").is(200).at("/nextPageKey");
        for (int index = 0; index < key.length(); index++) {
            char other = key.charAt(index) == 'A' ? 'B' : 'A';
            String changed = key.substring(0, index) + other + key.substring(index + 1);
            api.get("/test/rows?pageSize=10&pageKey=" + changed).isProblem(400, "invalid_page_key");
        }
        for (String garbage : new String[] {"x", "%20", "====", key + "A", key.substring(1), "%00", "é"}) {
            api.get("/test/rows?pageKey=" + garbage.replace("é", "%C3%A9")).isProblem(400, "invalid_page_key");
        }
    }

    @Test
    void a_key_of_another_list_or_filter_is_refused() {
        String key = api.get("/test/rows?pageSize=5&even=1").is(200).at("/nextPageKey");

        api.get("/test/rows?pageSize=5&even=1&pageKey=" + key).is(200);
        api.get("/test/rows?pageSize=5&pageKey=" + key).isProblem(400, "invalid_page_key");
        api.get("/test/rows?pageSize=5&even=true&pageKey=" + key).isProblem(400, "invalid_page_key");
        TestCompany.fresh()
                .operator()
                .get("/test/rows?pageSize=5&even=1&pageKey=" + key)
                .isProblem(400, "invalid_page_key");
    }

    @Test
    void a_change_feed_goes_on_after_the_last_row_version() {
        assertThat(numbers(api.get("/test/rows?sync=TRUE").is(200))).hasSize(25);
        assertThat(numbers(api.get("/test/rows?sync=true&lastRowVersion=230").is(200)))
                .containsExactly(24, 25);
        assertThat(numbers(api.get("/test/rows?sync=true&lastRowVersion=").is(200)))
                .hasSize(25);
        assertThat(numbers(api.get("/test/rows?lastRowVersion=garbage").is(200)))
                .hasSize(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "0x10", "+1"})
    void a_malformed_row_version_is_refused(String version) {
        api.get("/test/rows?sync=true&lastRowVersion=" + version).isProblem(400, "invalid_row_version");
    }

    @Test
    void a_change_feed_takes_no_filter() {
        api.get("/test/rows?sync=true&even=1").isProblem(400, "filter_not_allowed");
        api.get("/test/rows?sync=false&even=1").is(200);
    }

    @Test
    void a_malformed_query_is_refused() {
        api.get("/helloworld?x=1").is(200);
        assertThat(RawHttp.get(company.path() + "/test/rows?pageSize=%zz", company.newOperatorKey())
                        .status())
                .isEqualTo(400);
    }

    private static List<Integer> numbers(Reply reply) {
        return reply.json().path("data").values().stream()
                .map(row -> row.path("number").asInt())
                .toList();
    }
}
