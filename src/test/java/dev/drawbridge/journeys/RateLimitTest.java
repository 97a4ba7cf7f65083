package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.platform.access.Permission;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void each_key_has_the_companys_limit_of_its_own() {
        TestCompany company = TestCompany.limitedTo(3, "PT1H");
        Api one = company.operator();
        Api other = company.operator();

        assertThat(one.get("/helloworld").is(200).header("ratelimit").orElseThrow())
                .startsWith("\"default\";r=2;t=");
        one.get("/nothing").isProblem(404, "resource_not_found");
        one.get("/helloworld").is(200);
        Reply refused = one.get("/helloworld").isProblem(429, "rate_limited");

        assertThat(refused.header("ratelimit-policy")).contains("\"default\";q=3;w=3600");
        assertThat(refused.header("ratelimit").orElseThrow()).startsWith("\"default\";r=0;t=");
        assertThat(Integer.parseInt(refused.header("retry-after").orElseThrow()))
                .isBetween(1, 1200);
        other.get("/helloworld").is(200);
    }

    @Test
    void what_is_refused_counts_too_and_shows_the_limit() {
        TestRoutes.register();
        TestCompany company = TestCompany.limitedTo(4, "PT1H");
        Api root = Api.anonymous()
                .key(company.newKey(Optional.empty(), Set.of(Permission.COUPON)).key());

        assertThat(remaining(root.get(company.path() + "/test/ticketing").isProblem(403, "forbidden")))
                .isEqualTo(3);
        assertThat(remaining(root.get("/x/y/z/helloworld").isProblem(404, "saas_tenant_not_found")))
                .isEqualTo(2);
        assertThat(remaining(root.get(company.place() + "/Nowhere").isProblem(404, "saas_company_not_found")))
                .isEqualTo(1);
        assertThat(remaining(root.get(company.place() + "/companies").is(200))).isZero();
        root.get("/x/y/z/helloworld").isProblem(429, "rate_limited");
    }

    @Test
    void a_partners_own_limit_goes_before_the_companys() {
        Castle castle = Castle.opened();

        assertThat(castle.partner(Castle.CITY_PASS_NORD).get("/helloworld").header("ratelimit-policy"))
                .contains("\"default\";q=30000;w=300");
        assertThat(castle.partner(Castle.JOURNEY_DEALS).get("/helloworld").header("ratelimit-policy"))
                .contains("\"default\";q=300000;w=300");
        assertThat(castle.operator().get("/helloworld").header("ratelimit-policy"))
                .contains("\"default\";q=300000;w=300");
    }

    @Test
    void a_limit_that_is_changed_holds_from_the_next_request_on() {
        Castle castle = Castle.opened();
        Api partner = castle.partner(Castle.JOURNEY_DEALS);
        assertThat(partner.get("/helloworld").header("ratelimit-policy")).contains("\"default\";q=300000;w=300");

        castle.change(setup -> setup.replace("requests: 300000", "requests: 2")).is(200);

        assertThat(partner.get("/helloworld").is(200).header("ratelimit-policy"))
                .contains("\"default\";q=2;w=300");
        partner.get("/helloworld").is(200);
        partner.get("/helloworld").isProblem(429, "rate_limited");
    }

    @Test
    void without_a_limit_no_header_speaks_of_one() {
        Reply reply = TestCompany.fresh().operator().get("/helloworld").is(200);

        assertThat(reply.header("ratelimit")).isEmpty();
        assertThat(reply.header("ratelimit-policy")).isEmpty();
    }

    private static int remaining(Reply reply) {
        return Integer.parseInt(
                reply.header("ratelimit").orElseThrow().replaceFirst("^\"default\";r=([0-9]+);.*", "$1"));
    }
}
