package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyOfARequestTest {

    private static final int TWO_MEBIBYTES = 2 * 1024 * 1024;

    private static Api api = Api.anonymous();

    @BeforeAll
    static void company() {
        TestRoutes.register();
        api = TestCompany.fresh().operator();
    }

    @Test
    void a_json_object_in_utf_8_is_read() {
        Reply reply = api.post("/test/echo", "{\"text\": \"Blåhøj 🏰\", \"number\": 3}");

        reply.is(201);
        assertThat(reply.at("/text")).isEqualTo("Blåhøj 🏰");
        assertThat(reply.header("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "application/json;charset=\"UTF-8\"", "Application/JSON"})
    void the_charset_may_be_named(String contentType) {
        api.with("Content-Type", contentType)
                .post("/test/echo", "{\"text\": \"a\"}")
                .is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; profile=x",
                "application/vnd.api+json",
                "application/yaml",
                "json",
                "*/*",
                ";",
            })
    void another_content_type_is_unsupported(String contentType) {
        api.with("Content-Type", contentType)
                .post("/test/echo", "{\"text\": \"a\"}")
                .isProblem(415, "unsupported_media_type");
    }

    @Test
    void a_body_without_a_content_type_is_unsupported() {
        api.send("POST", "/test/echo", BodyPublishers.ofString("{\"text\": \"a\"}"))
                .isProblem(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, gzip", "identity", "x"})
    void any_content_encoding_is_unsupported(String encoding) {
        api.with("Content-Encoding", encoding)
                .post("/test/echo", "{\"text\": \"a\"}")
                .isProblem(415, "unsupported_media_type");
    }

    @Test
    void a_handler_may_accept_other_types() {
        Reply yaml = api.with("Content-Type", "application/yaml").post("/test/raw", "a: 1\n");

        assertThat(yaml.is(200).at("/mediaType")).isEqualTo("application/yaml");
        assertThat(yaml.at("/bytes")).isEqualTo("5");
        api.with("Content-Type", "text/plain").post("/test/raw", "a").isProblem(415, "unsupported_media_type");
    }

    @Test
    void a_body_of_two_mebibytes_is_read_and_of_a_byte_more_refused() {
        api.post("/test/raw", ofSize(TWO_MEBIBYTES - 1)).is(200);
        api.post("/test/raw", ofSize(TWO_MEBIBYTES)).is(200);
        api.post("/test/raw", ofSize(TWO_MEBIBYTES + 1)).isProblem(413, "payload_too_large");
    }

    @Test
    void a_chunked_body_is_counted_while_it_arrives() {
        Api json = api.with("Content-Type", "application/json");

        json.send("POST", "/test/raw", chunked(TWO_MEBIBYTES)).is(200);
        json.send("POST", "/test/raw", chunked(TWO_MEBIBYTES + 1)).isProblem(413, "payload_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "1",
                "true",
                "{}{}",
                "{} x",
                "{\"text\": \"a\"} // comment",
                "/* comment */ {}",
                "{\"a\": 1,}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": NaN}",
                "{\"a\": Infinity}",
                "{\"a\": -Infinity}",
                "{\"a\": +1}",
                "{\"a\": 01}",
                "{\"a\": .5}",
                "{\"a\": 1.}",
                "{\"a\": 0x1}",
                "{\"a\": \"\u0001\"}",
                "{\"a\": \"\u0000\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\ud800\"",
                "{\"a\": \"unfinished",
                "{\"a\"",
                "{",
                "{\"quantity\": 1, \"quantity\": 2}",
                "{\"nested\": {\"a\": 1, \"\\u0061\": 2}}",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "\uFEFF{}",
                "{\"a\": 1E+2147483648}",
            })
    void what_is_no_json_object_is_invalid(String body) {
        api.post("/test/echo", body).isProblem(400, "invalid_json");
    }

    @Test
    void the_place_where_it_stops_being_json_is_named() {
        Reply reply = api.post("/test/echo", "{\n  \"text\": \"a\",\n  \"number\": 1,,\n}");

        reply.isProblem(400, "invalid_json");
        assertThat(reply.at("/message")).contains("line 3, column ");
    }

    @Test
    void nesting_is_read_to_a_depth_of_64() {
        api.post("/test/echo", nested(63)).isProblem(400, "validation_failed");
        api.post("/test/echo", nested(64)).isProblem(400, "validation_failed");
        api.post("/test/echo", nested(65)).isProblem(400, "invalid_json");
        api.post("/test/echo", "[".repeat(100_000)).isProblem(400, "invalid_json");
        api.post("/test/echo", "{\"a\":".repeat(100_000)).isProblem(400, "invalid_json");
    }

    @Test
    void broken_utf_8_is_invalid() {
        byte[] body = "{\"text\":\n \"aXb\"}".getBytes(StandardCharsets.ISO_8859_1);
        body[12] = (byte) 0xE5;
        Reply reply = api.with("Content-Type", "application/json")
                .send("POST", "/test/echo", BodyPublishers.ofByteArray(body));

        reply.isProblem(400, "invalid_json");
        assertThat(reply.at("/message")).contains("line 2, column 4");
    }

    @Test
    void another_encoding_of_unicode_is_invalid() {
        byte[] body = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_16LE);

        api.with("Content-Type", "application/json")
                .send("POST", "/test/echo", BodyPublishers.ofByteArray(body))
                .isProblem(400, "invalid_json");
    }

    @Test
    void huge_numbers_and_names_cost_nothing() {
        long begun = System.nanoTime();
        api.post("/test/echo", "{\"number\": " + "9".repeat(1_000_000) + "}").isProblem(400, "invalid_json");
        api.post("/test/echo", "{\"number\": 1e1000000000}").isProblem(400, "validation_failed");
        api.post("/test/echo", "{\"" + "n".repeat(1_000_000) + "\": 1}").isProblem(400, "invalid_json");

        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void many_unknown_properties_are_ignored() {
        String many = IntStream.range(0, 50_000)
                .mapToObj(index -> "\"p" + index + "\": 1")
                .collect(Collectors.joining(","));

        api.post("/test/echo", "{\"text\": \"a\", " + many + "}").is(201);
    }

    @Test
    void unknown_properties_are_ignored_whatever_their_names() {
        Reply reply = api.post("/test/echo", """
                {"text": "a", "count": -1, "status": "Issued", "__proto__": {"x": 1}, "@class": "java.lang.Runtime",
                 "constructor": 1, "$ref": "#"}""");

        reply.is(201);
        assertThat(reply.json().path("count").asInt()).isPositive();
        assertThat(reply.json().propertyNames()).containsExactly("text", "count");
    }

    @Test
    void strict_handling_makes_unknown_properties_violations() {
        String body = "{\"colour\": 1, \"text\": \"a\", \"nested\": {\"flag\": true, \"depth\": 2}, \"zone\": 1}";

        assertThat(api.with("Prefer", "handling=strict")
                        .post("/test/echo", body)
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly(
                        "/colour unknown_property", "/nested/depth unknown_property", "/zone unknown_property");
        api.with("Prefer", "handling=lenient").post("/test/echo", body).is(201);
        api.post("/test/echo", body).is(201);
    }

    @Test
    void strict_handling_covers_query_parameters() {
        Api strict = api.with("Prefer", "respond-async, handling=strict");

        assertThat(strict.get("/test/rows?colour=1&pageSize=5")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("colour unknown_property");
        strict.get("/test/rows?pageSize=5&even=1").is(200);
        api.get("/test/rows?colour=1").is(200);
    }

    @Test
    void all_violations_come_together_in_the_order_of_the_document() {
        Reply reply = api.post("/test/echo", """
                {"number": "1", "nested": {"flag": "yes"}, "name": "\\u0007", "text": " padded"}""");

        assertThat(reply.isProblem(400, "validation_failed").violations())
                .containsExactly(
                        "/number wrong_type",
                        "/nested/flag wrong_type",
                        "/name invalid_character",
                        "/text invalid_format");
    }

    private static String ofSize(int bytes) {
        return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
    }

    private static BodyPublisher chunked(int bytes) {
        byte[] body = ofSize(bytes).getBytes(StandardCharsets.US_ASCII);
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static String nested(int depth) {
        return "{\"unknown\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
