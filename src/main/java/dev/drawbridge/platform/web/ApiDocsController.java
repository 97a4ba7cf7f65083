package dev.drawbridge.platform.web;

import dev.drawbridge.platform.server.ServerSettings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The documents of the API, for programs, people and AI agents. No key needed, nothing is fetched from elsewhere. */
@RestController
class ApiDocsController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType MARKDOWN = new MediaType("text", "markdown", StandardCharsets.UTF_8);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);

    private static final String PAGE = "classpath:/openapi/page/";
    private static final String SWAGGER_UI = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";

    /** The files of the page; their names come from a request, so this list is closed. */
    private static final Map<String, PageFile> FILES = Map.of(
            "docs.js", new PageFile(PAGE, SCRIPT),
            "swagger-ui-bundle.js", new PageFile(SWAGGER_UI, SCRIPT),
            "swagger-ui.css", new PageFile(SWAGGER_UI, STYLE),
            "favicon-32x32.png", new PageFile(SWAGGER_UI, MediaType.IMAGE_PNG));

    /** Swagger UI draws with inline styles and images in data URLs; its scripts are files of our own. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String INDEX_POLICY = "default-src 'none'; img-src 'self'; frame-ancestors 'none'";

    private record PageFile(String folder, MediaType type) {}

    private final String publicBaseUrl;
    private final Supplier<byte[]> openApi;
    private final Supplier<String> index;
    private final Supplier<String> whole;

    ApiDocsController(ApiDocument document, ServerSettings server) {
        this.publicBaseUrl = server.publicBaseUrl().toString();
        this.openApi = SingletonSupplier.of(
                () -> document.servedAt(publicBaseUrl).toString().getBytes(StandardCharsets.UTF_8));
        this.index = SingletonSupplier.of(() -> AgentPages.index(publicBaseUrl));
        this.whole = SingletonSupplier.of(() -> AgentPages.whole(document.servedAt(publicBaseUrl)));
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(openApi.get());
    }

    @GetMapping("/llms.txt")
    ResponseEntity<String> llms() {
        return ResponseEntity.ok().contentType(MARKDOWN).body(index.get());
    }

    @GetMapping("/llms-full.txt")
    ResponseEntity<String> llmsFull() {
        return ResponseEntity.ok().contentType(MARKDOWN).body(whole.get());
    }

    @GetMapping("/")
    ResponseEntity<String> index(HttpServletResponse response) {
        return page("index.html", INDEX_POLICY, response);
    }

    @GetMapping("/docs")
    ResponseEntity<String> docs(HttpServletResponse response) {
        return page("docs.html", PAGE_POLICY, response);
    }

    @GetMapping("/docs/{file}")
    ResponseEntity<Resource> file(@PathVariable("file") String name, HttpServletResponse response) throws IOException {
        PageFile file = FILES.get(name);
        if (file == null) {
            throw new Problem(WebProblem.RESOURCE_NOT_FOUND);
        }
        response.setHeader("Cache-Control", "max-age=3600");
        Resource[] found = new PathMatchingResourcePatternResolver().getResources(file.folder() + name);
        return ResponseEntity.ok().contentType(file.type()).body(found[0]);
    }

    private ResponseEntity<String> page(String name, String policy, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy);
        String base = URI.create(publicBaseUrl).getRawPath();
        return ResponseEntity.ok()
                .contentType(HTML)
                .body(ApiDocument.resource("/openapi/page/" + name).replace("{base}", base));
    }
}
