package dev.drawbridge.setup;

import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.requests.Call;
import dev.drawbridge.platform.requests.CompanyPath;
import dev.drawbridge.platform.requests.Requires;
import dev.drawbridge.platform.web.Answer;
import dev.drawbridge.platform.web.Fields;
import dev.drawbridge.platform.web.Problem;
import dev.drawbridge.platform.web.WebProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A company's setup, as one document in YAML or JSON, and the JSON Schema of such documents. */
@RestController
class SetupController {

    private static final String YAML = MediaType.APPLICATION_YAML_VALUE;
    private static final String SCHEMA_JSON = "application/schema+json";
    private static final String SCHEMA = "setup/setup.schema.json";

    private final SetupApplication application;
    private final CurrentSetup current;
    private final JsonMapper json;
    private final byte[] schema;

    SetupController(SetupApplication application, CurrentSetup current, JsonMapper json) {
        this.application = application;
        this.current = current;
        this.json = json;
        this.schema = schema();
    }

    @Requires(
            value = Permission.SETUP,
            accepts = {MediaType.APPLICATION_JSON_VALUE, YAML},
            newCompany = true)
    @PutMapping("/{tenant}/{environment}/{company}/setup")
    Answer put(Call call) {
        call.requireOperator();
        call.query().end();
        return call.idempotentApart(() -> applied(call));
    }

    @Requires(Permission.SETUP)
    @GetMapping("/{tenant}/{environment}/{company}/setup")
    Answer get(Call call, @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        call.requireOperator();
        call.query().end();
        ObjectNode document = current.of(call.company().id());
        boolean yaml = prefersYaml(accept == null ? MediaType.ALL_VALUE : accept);
        byte[] body = yaml ? YamlText.of(document).getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(document);
        Map<String, String> headers = Map.of(
                HttpHeaders.CONTENT_TYPE,
                yaml ? YAML : MediaType.APPLICATION_JSON_VALUE,
                HttpHeaders.VARY,
                HttpHeaders.ACCEPT);
        return new Answer(HttpStatus.OK, headers, body);
    }

    /** For editors, and for checks before sending: no key needed. */
    @GetMapping("/setup.schema.json")
    Answer getSchema() {
        return new Answer(HttpStatus.OK, Map.of(HttpHeaders.CONTENT_TYPE, SCHEMA_JSON), schema);
    }

    private Answer applied(Call call) {
        SetupDocument document = call.mediaType().equals(YAML)
                ? SetupDocument.ofYaml(call.rawBody())
                : SetupDocument.ofJson(call.body());
        ValidSetup setup = SetupValidation.of(document, place(call), json);
        SetupApplication.Applied applied = application.apply(setup, call.caller());
        HttpStatus status = applied.companyIsNew() ? HttpStatus.CREATED : HttpStatus.OK;
        return new Answer(status, Map.of(), applied.outcome());
    }

    private static byte[] schema() {
        try {
            return new ClassPathResource(SCHEMA).getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static CompanyPlace place(Call call) {
        return call.existingCompany().map(CompanyPlace::of).orElseGet(() -> newPlace(call.companyPath()));
    }

    /** A new company is named by its name: an id that nobody has is an unknown company. */
    private static CompanyPlace newPlace(CompanyPath path) {
        List<String> names = path.companySpellings();
        if (names.stream().anyMatch(name -> Fields.uuid(name).isPresent())) {
            throw new Problem(WebProblem.SAAS_COMPANY_NOT_FOUND);
        }
        return CompanyPlace.at(path.tenant(), path.environment(), names);
    }

    /** YAML only for whoever asks for it by name, and wants JSON no more than it. */
    private static boolean prefersYaml(String accept) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            double yaml = quality(accepted, MediaType.APPLICATION_YAML);
            return yaml > 0 && yaml >= quality(accepted, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static double quality(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .filter(type::equalsTypeAndSubtype)
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
