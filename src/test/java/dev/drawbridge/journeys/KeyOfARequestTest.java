package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.access.ApiKey;
import dev.drawbridge.platform.access.ApiKeys;
import dev.drawbridge.platform.access.Caller;
import dev.drawbridge.platform.access.PartnerId;
import dev.drawbridge.platform.access.Permission;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyOfARequestTest {

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final TestCompany company = TestCompany.fresh();
    private final ApiKey.Created key = company.newKey(Optional.empty(), EnumSet.allOf(Permission.class));
    private final Api anonymous = Api.anonymous().below(company.path());

    @BeforeAll
    static void routes() {
        TestRoutes.register();
    }

    @Test
    void a_live_key_is_greeted() {
        Reply reply = anonymous.key(key.key()).get("/helloworld").is(200);

        assertThat(reply.text()).isEqualTo("{\"message\":\"Hello World!\"}");
        assertThat(reply.header("cache-control")).contains("no-store");
    }

    @Test
    void bearer_is_an_alias_of_the_header() {
        anonymous
                .with("Authorization", "Bearer " + key.key())
                .get("/helloworld")
                .is(200);
        anonymous
                .with("Authorization", "bearer " + key.key())
                .get("/helloworld")
                .is(200);
    }

    @Test
    void the_same_key_twice_is_one_key() {
        anonymous
                .key(key.key())
                .with("x-np-api-key", key.key())
                .with("Authorization", "Bearer " + key.key())
                .get("/helloworld")
                .is(200);
    }

    @Test
    void the_platform_key_opens_every_company() {
        Api.platform().below(company.path()).get("/helloworld").is(200);
    }

    @Test
    void no_key_is_unauthorized() {
        anonymous.get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void every_request_without_a_live_key_gets_the_same_body() {
        String none = body(anonymous.get("/helloworld"));

        assertThat(none)
                .isEqualTo(body(anonymous.key("garbage").get("/helloworld")))
                .isEqualTo(body(anonymous.key("").get("/helloworld")))
                .isEqualTo(body(anonymous.key(unknownKey()).get("/helloworld")))
                .isEqualTo(body(anonymous.key(changed(key.key())).get("/helloworld")))
                .isEqualTo(body(anonymous
                        .key(key.key().replace("dbk_live_", "dbk_test_"))
                        .get("/helloworld")))
                .isEqualTo(body(
                        anonymous.with("Authorization", "Basic " + key.key()).get("/helloworld")))
                .isEqualTo(body(anonymous.get("/helloworld?x-np-api-key=" + key.key())))
                .isEqualTo(body(anonymous.key("x".repeat(8_000)).get("/helloworld")));
    }

    @Test
    void two_different_keys_are_unauthorized() {
        String other = company.newKey(Optional.empty(), EnumSet.allOf(Permission.class))
                .key();

        anonymous
                .key(key.key())
                .with("Authorization", "Bearer " + other)
                .get("/helloworld")
                .isProblem(401, "unauthorized");
        anonymous.key(key.key()).with("x-np-api-key", "").get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void an_expired_key_is_unauthorized() {
        ApiKey.Created short1 = company.newKeyUntil(clock.now().plus(Duration.ofMinutes(1)));
        ApiKey.Created short2 = company.newKeyUntil(clock.now().plus(Duration.ofMinutes(1)));
        company.with(short1).get("/helloworld").is(200);

        clock.advance(Duration.ofMinutes(2));

        company.with(short2).get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void a_key_in_use_ends_at_its_time_and_no_later() throws InterruptedException {
        ApiKey.Created key = company.newKeyUntil(clock.now().plus(Duration.ofMinutes(1)));
        clock.advance(Duration.ofMillis(59_800));
        company.with(key).get("/helloworld").is(200);

        clock.advance(Duration.ofSeconds(1));

        // What is known of a key is kept for four seconds, of this one for the 200 ms that it had left.
        Thread.sleep(200);
        company.with(key).get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void a_revoked_key_is_unauthorized_at_once() {
        company.with(key).get("/helloworld").is(200);

        TestServer.running()
                .bean(ApiKeys.class)
                .revoke(platform(), company.company(), key.apiKey().id());

        company.with(key).get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void when_a_key_was_last_used_is_written_down_once_a_minute() {
        ApiKeys keys = TestServer.running().bean(ApiKeys.class);
        company.with(key).get("/helloworld").is(200);
        assertThat(lastUse(keys)).isEmpty();

        recordUse();
        Instant first = lastUse(keys).orElseThrow();
        recordUse();
        assertThat(lastUse(keys)).contains(first);

        clock.advance(Duration.ofMinutes(5));
        company.with(key).get("/helloworld").is(200);
        recordUse();
        assertThat(lastUse(keys).orElseThrow()).isAfter(first.plusSeconds(240));
    }

    private Optional<Instant> lastUse(ApiKeys keys) {
        return keys.list(company.company(), Optional.empty(), 1).getFirst().lastUsedAt();
    }

    private static void recordUse() {
        TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals("api-key-use"))
                .forEach(Job::runOnce);
    }

    @Test
    void outside_production_keys_say_that_they_are_for_tests() {
        TestCompany sandbox = TestCompany.fresh("Sandbox");
        ApiKey.Created test = sandbox.newKey(Optional.empty(), EnumSet.allOf(Permission.class));

        assertThat(key.key()).startsWith("dbk_live_");
        assertThat(TestCompany.fresh("PRODUCTION")
                        .newKey(Optional.empty(), EnumSet.allOf(Permission.class))
                        .key())
                .startsWith("dbk_live_");
        assertThat(test.key()).startsWith("dbk_test_");
        sandbox.with(test).get("/helloworld").is(200);
    }

    @Test
    void a_key_without_the_permission_is_forbidden() {
        company.operator(Permission.COUPON).get("/test/ticketing").isProblem(403, "forbidden");
        company.operator(Permission.TICKETING).get("/test/ticketing").is(200);
    }

    @Test
    void what_is_for_operators_is_forbidden_for_a_partner() {
        company.partner(UUID.randomUUID()).get("/test/ticketing").isProblem(403, "forbidden");
    }

    @Test
    void the_permission_is_checked_before_the_path() {

        Api.anonymous()
                .key(company.newKey(Optional.empty(), EnumSet.of(Permission.COUPON))
                        .key())
                .get("/" + UUID.randomUUID() + "/production/Elsewhere/test/ticketing")
                .isProblem(403, "forbidden");
    }

    @Test
    void a_partners_key_holds_no_more_than_partners_may() {
        assertThat(ApiKeys.holdableBy(Optional.of(new PartnerId(UUID.randomUUID()))))
                .containsExactlyInAnyOrder(
                        Permission.OTA_CHANNEL_MANAGER,
                        Permission.TICKETING,
                        Permission.ATTRACTION_WALLET,
                        Permission.COUPON);
    }

    private static String body(Reply reply) {
        String id = reply.isProblem(401, "unauthorized").at("/requestId");
        return reply.text().replace(id, "");
    }

    /** Well-formed and never given out. */
    private static String unknownKey() {
        TestCompany elsewhere = TestCompany.fresh();
        ApiKey.Created created = elsewhere.newKey(Optional.empty(), EnumSet.allOf(Permission.class));
        TestServer.running()
                .bean(ApiKeys.class)
                .revoke(platform(), elsewhere.company(), created.apiKey().id());
        return created.key();
    }

    private static String changed(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private static Caller platform() {
        return new Caller(
                new UUID(0, 0), Optional.<CompanyId>empty(), Optional.empty(), EnumSet.allOf(Permission.class));
    }
}
