package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --demo}: a company to try things out on, and keys to it in a file. */
class DemoTest {

    @TempDir
    private Path data;

    @Test
    void the_demo_is_loaded_and_both_keys_work() throws IOException {
        JsonNode credentials = start();

        assertThat(credentials.propertyNames())
                .containsExactly(
                        "baseUrl", "tenant", "environment", "company", "partnerId", "partnerKey", "operatorKey");
        assertThat(credentials.path("baseUrl").asString()).isEqualTo("http://localhost:8080");
        assertThat(credentials.path("company").asString()).isEqualTo("CRONUS International Ltd.");
        company(credentials)
                .key(text(credentials, "partnerKey"))
                .get("/helloworld")
                .is(200);
        assertThat(Site.find(
                                company(credentials)
                                        .key(text(credentials, "operatorKey"))
                                        .get("/setup")
                                        .is(200)
                                        .json(),
                                "partners",
                                text(credentials, "partnerId"))
                        .path("name")
                        .asString())
                .isEqualTo("Journey Deals");
    }

    @Test
    void only_the_owner_of_the_data_directory_reads_the_file() throws IOException {
        start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(Demo.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void another_start_keeps_the_keys() throws IOException {
        JsonNode first = start();

        assertThat(start()).isEqualTo(first);
    }

    @Test
    void lost_or_dead_keys_are_replaced_and_their_forerunners_revoked() throws IOException {
        JsonNode first = start();
        Files.delete(data.resolve(Demo.FILE));

        JsonNode second = start();

        Api company = company(first);
        company.key(text(first, "partnerKey")).get("/helloworld").isProblem(401, "unauthorized");
        company.key(text(first, "operatorKey")).get("/helloworld").isProblem(401, "unauthorized");
        JsonNode keys = company.key(text(second, "operatorKey"))
                .get("/apiKeys")
                .is(200)
                .json()
                .path("data");
        assertThat(keys.valueStream().filter(key -> key.path("name").asString().startsWith("Demo: ")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"partnerKey\": 5}", "{\"partnerKey\": \"x\", \"operatorKey\": \"y\"}"})
    void a_damaged_file_is_replaced(String damaged) throws IOException {
        Files.writeString(data.resolve(Demo.FILE), damaged);

        company(start()).key(text(start(), "partnerKey")).get("/helloworld").is(200);
    }

    @Test
    void what_somebody_made_of_the_demo_stays() throws IOException {
        JsonNode credentials = start();
        Api operator = company(credentials).key(text(credentials, "operatorKey"));
        String changed = operator.with("Accept", "application/yaml")
                .get("/setup")
                .text()
                .replace("displayName: CRONUS Castle", "displayName: My Castle");
        Site.putYaml(operator, changed).is(200);

        start();

        assertThat(operator.get("/setup").json().at("/company/displayName").asString())
                .isEqualTo("My Castle");
    }

    private JsonNode start() throws IOException {
        TestServer server = TestServer.running();
        var settings = new ServerSettings(data, 8080, true, null, URI.create("http://localhost:8080"));
        new Demo(
                        server.bean(SetupApplication.class),
                        server.bean(Companies.class),
                        server.bean(ApiKeys.class),
                        settings,
                        server.bean(JsonMapper.class))
                .load();
        return server.bean(JsonMapper.class).readTree(Files.readAllBytes(data.resolve(Demo.FILE)));
    }

    private static Api company(JsonNode credentials) {
        return Api.anonymous()
                .below("/" + text(credentials, "tenant") + "/" + text(credentials, "environment") + "/"
                        + TestCompany.encoded(text(credentials, "company")));
    }

    private static String text(JsonNode credentials, String name) {
        return credentials.path(name).asString();
    }
}
