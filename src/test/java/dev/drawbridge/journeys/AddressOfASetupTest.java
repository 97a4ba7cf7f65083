package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may set which company up, and how it is addressed. */
class AddressOfASetupTest {

    @Test
    void only_the_platform_key_creates_companies() {
        Site site = Site.opened();
        String operator =
                site.platform().post("/apiKeys", "{\"name\": \"o\"}").is(201).at("/key");
        Site neighbour = new Site(site.tenant(), site.environment(), site.name() + " II");

        Site.putYaml(Api.anonymous().key(operator).below(neighbour.path()), neighbour.company())
                .isProblem(404, "saas_company_not_found");
        Site elsewhere = Site.fresh();
        Site.putYaml(Api.anonymous().key(operator).below(elsewhere.path()), elsewhere.company())
                .isProblem(404, "saas_tenant_not_found");
        assertThat(Site.counts(
                        Site.putYaml(Api.anonymous().key(operator).below(site.path()), site.company() + Site.LISTS)
                                .is(200)))
                .containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void a_key_without_the_permission_neither_reads_nor_changes_a_setup() {
        Site site = Site.opened();
        String key = site.platform()
                .post("/apiKeys", "{\"name\": \"o\", \"permissions\": [\"OTA Channel Manager\"]}")
                .is(201)
                .at("/key");

        site.platform().key(key).get("/setup").isProblem(403, "forbidden");
        Site.putYaml(site.platform().key(key), site.company()).isProblem(403, "forbidden");
    }

    @Test
    void the_address_and_the_document_must_name_the_same_company() {
        Site site = Site.opened();
        Site other = new Site(site.tenant(), site.environment(), "Other");

        Reply refused = Site.putYaml(site.platform(), other.company()).isProblem(400, "validation_failed");

        assertThat(refused.violations()).containsExactly("/company/name conflict");
    }

    @Test
    void the_company_may_be_addressed_in_any_case_encoded_twice_or_by_its_id() {
        Site site = Site.opened();
        String id = Api.platform()
                .get("/" + site.tenant() + "/production/companies")
                .at("/data/0/id");
        String upper = site.path().replace("Site", "SITE").replace("production", "Production");

        for (String path :
                List.of(upper, site.path().replace("%20", "%2520"), "/" + site.tenant() + "/production/" + id)) {
            Reply answer = Site.putYaml(Api.platform().below(path), site.company() + Site.LISTS);
            assertThat(Site.counts(answer.is(200))).containsExactly(0, 0, 5, 0, 0);
        }
    }

    @Test
    void a_new_company_may_be_addressed_encoded_twice_but_not_by_an_id() {
        Site site = Site.fresh();
        Site.putYaml(Api.platform().below(site.path().replace("%20", "%2520")), site.company())
                .is(201);
        assertThat(site.setup().at("/company/name").asString()).isEqualTo(site.name());

        Api unknown = Api.platform().below("/" + site.tenant() + "/production/" + UUID.randomUUID());
        Site.putYaml(unknown, site.company()).isProblem(404, "saas_company_not_found");
    }
}
