package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.RawHttp;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What no well-meant client sends: the answer is the one error body, and the server stays up. */
class HttpFramingTest {

    private static final String HOST = "Host: localhost\r\n";

    private static String path = "";
    private static String key = "";

    @BeforeAll
    static void company() {
        TestRoutes.register();
        TestCompany company = TestCompany.fresh();
        path = company.path();
        key = "x-np-api-key: " + company.newOperatorKey() + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n",
                "G@T /livez HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: x\r\nbad name: 1\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\"b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET livez HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /../livez HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /\\livez HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n",
            })
    void a_malformed_request_is_answered_with_the_error_body(String request) {
        RawHttp.Answer answer = RawHttp.send(request);

        assertThat(answer.status()).as(answer.text()).isBetween(400, 505);
        assertProblem(answer);
    }

    @Test
    void trace_is_refused_and_echoes_nothing() {
        RawHttp.Answer answer = RawHttp.send("TRACE " + path + "/helloworld HTTP/1.1\r\n" + HOST + key
                + "X-Secret: hush\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).doesNotContain("hush");
        assertThat(answer.header("Allow")).isEqualTo("GET");
        assertProblem(answer);
        assertThat(RawHttp.send("TRACE /nope HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_transfer_encoding_or_a_version_that_nobody_knows_is_the_callers_mistake() {
        assertThat(RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                                + "Transfer-Encoding: foo\r\n\r\n")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("bad_request");
        assertThat(RawHttp.send("GET /livez HTTP/3.0\r\n" + HOST + "\r\n").status())
                .isEqualTo(400);
    }

    @Test
    void a_long_address_is_refused() {
        RawHttp.Answer answer =
                RawHttp.send("GET /" + "a".repeat(8 * 1024) + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");

        assertThat(answer.status()).as(answer.text()).isEqualTo(414);
        assertThat(answer.json().path("code").asString()).isEqualTo("uri_too_long");
        assertProblem(answer);
    }

    @Test
    void long_headers_are_refused() {
        RawHttp.Answer answer = RawHttp.send("GET /livez HTTP/1.1\r\n" + HOST + "X-Long: " + "a".repeat(16 * 1024)
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).as(answer.text()).isEqualTo(431);
        assertThat(answer.json().path("code").asString()).isEqualTo("headers_too_large");
        assertProblem(answer);
    }

    @Test
    void too_many_headers_are_refused() {
        var headers = new StringBuilder();
        for (int index = 0; index < 200; index++) {
            headers.append("x-h").append(index).append(": 1\r\n");
        }
        RawHttp.Answer answer = RawHttp.send("GET /livez HTTP/1.1\r\n" + HOST + headers + "Connection: close\r\n\r\n");

        assertThat(answer.status()).as(answer.text()).isEqualTo(431);
        assertProblem(answer);
    }

    @Test
    void odd_cookies_are_ignored() {
        RawHttp.Answer answer = RawHttp.send("GET " + path + "/helloworld HTTP/1.1\r\n" + HOST + key
                + "Cookie: =;;\"; a=\"b; c=\u0001\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).as(answer.text()).isIn(200, 400);
    }

    @Test
    void a_body_that_is_declared_too_large_is_refused_without_being_sent() {
        RawHttp.Answer answer = RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nContent-Length: 10737418240\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer.text()).doesNotContain("100 Continue");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.closed()).isTrue();
        assertProblem(answer);
    }

    @Test
    void a_client_that_asks_first_is_told_to_continue() {
        RawHttp.Answer answer = RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nContent-Length: 13\r\nExpect: 100-continue\r\n\r\n"
                + "{\"text\": \"a\"}");

        assertThat(answer.text()).startsWith("HTTP/1.1 100").contains("HTTP/1.1 201");
    }

    @Test
    void a_longer_body_than_declared_is_no_second_answer_in_the_first() {
        RawHttp.Answer answer = RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n" + "{\"text\": \"a\"}XXXXX\r\n\r\n");

        assertThat(answer.text()).startsWith("HTTP/1.1 201").contains("HTTP/1.1 400");
    }

    @Test
    void length_and_chunks_together_are_refused_or_closed() {
        RawHttp.Answer answer = RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "d\r\n{\"text\": \"a\"}\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer.text().split("HTTP/1.1 ", -1)).as(answer.text()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void broken_chunks_are_refused() {
        RawHttp.Answer answer = RawHttp.send("POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertProblem(answer);
    }

    @Test
    void a_body_that_stops_is_not_waited_for_for_ever() {
        RawHttp.Answer answer = RawHttp.send(
                "POST " + path + "/test/echo HTTP/1.1\r\n" + HOST + key
                        + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"te",
                Duration.ofSeconds(25));

        assertThat(answer.status()).as(answer.text()).isEqualTo(408);
        assertThat(answer.json().path("code").asString()).isEqualTo("request_timeout");
        assertThat(answer.closed()).isTrue();
        assertProblem(answer);
    }

    @Test
    void a_body_that_comes_slowly_keeps_no_connection_to_the_database() throws Exception {
        String slow = "PUT " + path + "/channelManager/" + UUID.randomUUID() + "?sync=1 HTTP/1.1\r\n" + HOST + key
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        var answer = CompletableFuture.supplyAsync(() -> RawHttp.send(slow, Duration.ofSeconds(3)));
        int waiting = 0;
        while (!answer.isDone()) {
            // jobs have transactions too, and are idle in them for milliseconds
            waiting += TestServer.running()
                    .bean(JdbcClient.class)
                    .sql("""
                            select count(*) from pg_stat_activity
                            where state = 'idle in transaction' and xact_start < clock_timestamp() - interval '1500 ms'
                            """)
                    .query(Integer.class)
                    .single();
            Thread.sleep(50);
        }

        assertThat(waiting).isZero();
        assertThat(answer.get().text()).as("it was waited for all the time").isEmpty();
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        String one = "GET " + path + "/helloworld HTTP/1.1\r\n" + HOST + key + "\r\n";
        String last = "GET " + path + "/nothing HTTP/1.1\r\n" + HOST + key + "Connection: close\r\n\r\n";
        RawHttp.Answer answer = RawHttp.send(one.repeat(50) + last);

        assertThat(answer.text().split("Hello World!", -1)).hasSize(51);
        assertThat(answer.text()).contains("resource_not_found");
    }

    private static void assertProblem(RawHttp.Answer answer) {
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.json().path("code").asString("")).isNotEmpty();
        assertThat(answer.json().path("requestId").asString("")).isEqualTo(answer.header("x-request-id"));
        assertThat(answer.text()).doesNotContain("Exception", "org.apache", "<html");
    }
}
