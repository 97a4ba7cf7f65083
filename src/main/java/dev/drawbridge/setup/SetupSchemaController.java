package dev.drawbridge.setup;

import dev.drawbridge.platform.web.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of setup documents, for editors and checks before sending; no key needed. */
@RestController
class SetupSchemaController {

    private static final String RESOURCE = "setup/setup.schema.json";

    private final byte[] schema;

    SetupSchemaController() {
        try {
            this.schema = new ClassPathResource(RESOURCE).getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @GetMapping("/setup.schema.json")
    Answer schema() {
        return new Answer(HttpStatus.OK, Map.of(HttpHeaders.CONTENT_TYPE, "application/schema+json"), schema.clone());
    }
}
