package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.server.ServerSettings;
import dev.drawbridge.platform.server.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code --setup FILE}: a setup that is applied before the server listens. */
class SetupAtStartTest {

    @TempDir
    private Path directory;

    @Test
    void the_file_is_applied() throws IOException {
        Site site = Site.fresh();

        start(site.company() + Site.LISTS);

        assertThat(site.entry("items", "31001").path("description").asString()).isEqualTo("A");
    }

    @Test
    void the_file_may_be_json() throws IOException {
        Site site = Site.fresh();

        start("""
                {"company": {"tenant": "%s", "environment": "production", "name": "%s",
                 "timeZone": "Europe/Copenhagen", "currency": "DKK",
                 "saleHorizon": "P10D"}}""".formatted(site.tenant(), site.name()));

        assertThat(site.setup().at("/company/saleHorizon").asString()).isEqualTo("P10D");
    }

    @Test
    void mistakes_end_the_start_and_are_named_with_their_places() {
        assertThatThrownBy(() -> start(Site.fresh().company() + "items:\n  - { number: 31001, colour: red }\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("setup.yaml")
                .hasMessageContaining("/items/0/number: This must be a text in quotes.")
                .hasMessageContaining("/items/0/description: This is required")
                .hasMessageContaining("/items/0/colour: ");
    }

    @Test
    void of_many_mistakes_the_first_are_named_and_the_others_counted() {
        assertThatThrownBy(() -> start(Site.fresh().company() + "items: [" + "5,".repeat(30) + "]\n"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("/items/19: ")
                .hasMessageNotContaining("/items/20")
                .hasMessageEndingWith("and 10 more.");
    }

    @Test
    void malformed_yaml_ends_the_start() {
        assertThatThrownBy(() -> start("company: {"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("setup.yaml")
                .hasMessageContaining("line 1");
    }

    @Test
    void a_missing_file_ends_the_start() {
        assertThatThrownBy(() -> start(directory.resolve("none.yaml")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("none.yaml cannot be read");
    }

    private void start(String setup) throws IOException {
        start(Files.writeString(directory.resolve("setup.yaml"), setup));
    }

    private void start(Path file) {
        TestServer server = TestServer.running();
        var settings = new ServerSettings(directory, 8080, false, file, URI.create("http://localhost:8080"));
        new SetupAtStart(
                        settings,
                        server.bean(Demo.class),
                        server.bean(SetupApplication.class),
                        server.bean(JsonMapper.class))
                .start();
    }
}
