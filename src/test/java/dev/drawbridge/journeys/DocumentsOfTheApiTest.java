package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.OpenApiContract;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.rules.ErrorCatalogue;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What describes the API: open to everyone, and served without help from elsewhere. */
class DocumentsOfTheApiTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    private final Api anyone = Api.anonymous();

    @Test
    void the_openapi_document_names_this_server() {
        Reply document = anyone.get("/openapi.json").is(200);

        assertThat(document.header("content-type")).contains("application/json");
        assertThat(document.at("/openapi")).startsWith("3.1.");
        assertThat(document.at("/servers/0/url"))
                .isEqualTo(TestServer.running().address().toString());
        assertThat(document.json().required("paths").propertyNames())
                .containsExactlyElementsOf(
                        OpenApiContract.document().required("paths").propertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs"})
    void a_page_needs_nothing_from_elsewhere(String path) {
        Reply page = anyone.get(path).is(200);
        List<String> links =
                LINK.matcher(page.text()).results().map(found -> found.group(1)).toList();

        assertThat(page.header("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none';")
                .doesNotContain("unsafe-eval", "http:", "https:", "script-src 'self' 'unsafe-inline'");
        assertThat(links).isNotEmpty().allSatisfy(link -> anyone.get(link).is(200));
    }

    @ParameterizedTest
    @CsvSource({
        "swagger-ui.css, text/css",
        "swagger-ui-bundle.js, text/javascript",
        "docs.js, text/javascript",
        "favicon-32x32.png, image/png"
    })
    void the_files_of_the_page_have_their_media_types(String file, String mediaType) {
        assertThat(anyone.get("/docs/" + file).is(200).header("content-type").orElseThrow())
                .startsWith(mediaType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "swagger-ui.js", "..%2fopenapi.yaml", "docs.html"})
    void other_files_are_not_there(String file) {
        assertThat(anyone.get("/docs/" + file).status()).isIn(400, 404);
    }

    @Test
    void agents_find_everything_in_one_text() {
        String index = anyone.get("/llms.txt").is(200).text();
        String whole = anyone.get("/llms-full.txt").is(200).text();

        assertThat(index).startsWith("# ").contains(TestServer.running().address() + "/llms-full.txt");
        assertThat(whole)
                .contains("# Guide for integrators", "# Error codes", "## createOrder", "## OrderRequest")
                .contains(ErrorCatalogue.codes().stream()
                        .map(code -> "`" + code.code() + "`")
                        .toList());
    }
}
