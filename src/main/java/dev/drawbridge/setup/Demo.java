package dev.drawbridge.setup;

import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.Companies;
import dev.drawbridge.platform.access.Company;
import dev.drawbridge.platform.access.CompanyBlock;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.server.PrivateFiles;
import dev.drawbridge.platform.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo company, and keys to it in a file that only the owner of the data directory may read. Keys that the file has
 * are kept as long as they work, so that a script goes on after a restart.
 */
@Component
class Demo {

    /** What {@code demo-credentials.json} says. */
    record Credentials(
            String baseUrl,
            UUID tenant,
            String environment,
            String company,
            UUID partnerId,
            String partnerKey,
            String operatorKey) {}

    static final String FILE = "demo-credentials.json";

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final String SETUP = "demo/castle.yaml";

    /** Journey Deals. */
    private static final PartnerId PARTNER = new PartnerId(UUID.fromString("21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e"));

    private static final String PARTNER_KEY_NAME = "Demo: partner key of Journey Deals";
    private static final String OPERATOR_KEY_NAME = "Demo: operator key";
    private static final int KEYS_READ_MAX = 20_000;

    private final SetupApplication application;
    private final Companies companies;
    private final ApiKeys keys;
    private final ServerSettings settings;
    private final JsonMapper json;

    Demo(SetupApplication application, Companies companies, ApiKeys keys, ServerSettings settings, JsonMapper json) {
        this.application = application;
        this.companies = companies;
        this.keys = keys;
        this.settings = settings;
        this.json = json;
    }

    /** Loads the company if it is not there; what somebody made of it since stays. Writes the file at every start. */
    void load() {
        ValidSetup setup = SetupValidation.of(SetupDocument.ofYaml(bytes()), CompanyPlace.ANYWHERE, json);
        CompanyBlock block = setup.company();
        Company company = find(block).orElseGet(() -> {
            application.apply(setup, Caller.PLATFORM);
            return find(block).orElseThrow();
        });
        Path file = settings.data().resolve(FILE);
        Credentials credentials =
                read(file).filter(known -> works(known, company)).orElseGet(() -> renewed(company));
        PrivateFiles.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(at(company, credentials)));
        LOG.info("demo_ready company=\"{}\" credentials={}", company.name(), file);
    }

    private Optional<Company> find(CompanyBlock block) {
        return companies.findNow(block.tenant(), block.environment(), block.name());
    }

    private Optional<Credentials> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(json.readValue(Files.readString(file), Credentials.class))
                    : Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            LOG.warn(
                    "demo_credentials_replaced file={} cause={}",
                    file,
                    unreadable.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean works(Credentials credentials, Company company) {
        return isKeyOf(credentials.partnerKey(), company, Optional.of(PARTNER))
                && isKeyOf(credentials.operatorKey(), company, Optional.empty());
    }

    private boolean isKeyOf(String key, Company company, Optional<PartnerId> partner) {
        return keys.authenticate(List.of(key))
                .filter(caller -> caller.company().equals(Optional.of(company.id())))
                .filter(caller -> caller.partner().equals(partner))
                .isPresent();
    }

    private Credentials renewed(Company company) {
        keys.list(company, Optional.empty(), KEYS_READ_MAX).stream()
                .filter(key -> key.name().equals(PARTNER_KEY_NAME) || key.name().equals(OPERATOR_KEY_NAME))
                .forEach(former -> keys.revoke(Caller.PLATFORM, company, former.id()));
        return new Credentials(
                "",
                company.tenant(),
                company.environment(),
                company.name(),
                PARTNER.value(),
                newKey(company, PARTNER_KEY_NAME, Optional.of(PARTNER)),
                newKey(company, OPERATOR_KEY_NAME, Optional.empty()));
    }

    private String newKey(Company company, String name, Optional<PartnerId> partner) {
        var wanted = new ApiKey.Wanted(name, partner, List.copyOf(ApiKeys.holdableBy(partner)), Optional.empty());
        return keys.create(Caller.PLATFORM, company, wanted).key();
    }

    /** The keys stay, the server may have moved and the company may be spelled anew. */
    private Credentials at(Company company, Credentials known) {
        return new Credentials(
                settings.publicBaseUrl().toString(),
                company.tenant(),
                company.environment(),
                company.name(),
                PARTNER.value(),
                known.partnerKey(),
                known.operatorKey());
    }

    private static byte[] bytes() {
        try {
            return new ClassPathResource(SETUP).getContentAsByteArray();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
