package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompaniesListTest {

    private final UUID tenant = UUID.randomUUID();
    private final TestCompany castle = TestCompany.named(tenant, "production", "Castle");
    private final TestCompany garden = TestCompany.named(tenant, "production", "Garden");
    private final TestCompany sandbox = TestCompany.named(tenant, "sandbox", "Castle");

    @Test
    void a_companys_key_lists_that_company() {
        Reply reply = Api.anonymous()
                .key(castle.newOperatorKey())
                .get("/" + tenant + "/production/companies")
                .is(200);

        assertThat(names(reply)).containsExactly("Castle");
        assertThat(reply.json().at("/data/0").propertyNames()).containsExactly("id", "name", "displayName");
        assertThat(reply.at("/data/0/id")).isEqualTo(castle.id().toString());
        assertThat(reply.at("/data/0/displayName")).isEqualTo("Castle A/S");
    }

    @Test
    void the_platform_key_lists_all_of_an_environment_page_by_page() {
        List<String> names = new ArrayList<>();
        String next = "/" + tenant + "/Production/companies?pageSize=1";
        while (!next.isEmpty()) {
            Reply page = Api.platform().get(next).is(200);
            names.addAll(names(page));
            next = page.at("/nextPageURL");
        }

        assertThat(names).containsExactlyInAnyOrder(castle.name(), garden.name());
        assertThat(names(Api.platform().get("/" + tenant + "/sandbox/companies").is(200)))
                .containsExactly(sandbox.name());
    }

    @Test
    void another_tenant_or_environment_is_not_found() {
        Api key = Api.anonymous().key(castle.newOperatorKey());

        key.get("/" + UUID.randomUUID() + "/production/companies").isProblem(404, "saas_tenant_not_found");
        key.get("/" + tenant + "/sandbox/companies").isProblem(404, "saas_environment_not_found");
        Api.anonymous().get("/" + tenant + "/production/companies").isProblem(401, "unauthorized");
    }

    private static List<String> names(Reply reply) {
        return reply.json().path("data").values().stream()
                .map(row -> row.path("name").asString(""))
                .toList();
    }
}
