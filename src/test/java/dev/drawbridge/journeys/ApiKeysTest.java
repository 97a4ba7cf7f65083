package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code .../apiKeys}: who may do what. */
class ApiKeysTest {

    private static final String PARTNER = "21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e";
    private static final String ALL =
            "[\"OTA Channel Manager\",\"Ticketing\",\"Attraction Wallet\",\"Coupon\"," + "\"Speedgate\",\"Setup\"]";
    private static final String ALL_OF_A_PARTNER =
            "[\"OTA Channel Manager\",\"Ticketing\",\"Attraction Wallet\",\"Coupon\"]";

    @RegisterExtension
    final TestClock clock = new TestClock();

    private Site site;
    private Api platform;

    @BeforeEach
    void setACompanyUp() {
        site = Site.fresh();
        site.put("partners:\n  - { id: " + PARTNER + ", name: Journey Deals }\n")
                .is(201);
        platform = site.platform();
    }

    @Test
    void a_new_key_is_shown_once_and_works() {
        Reply created = platform.post("/apiKeys", "{\"name\": \"Till 1\"}").is(201);

        assertThat(created.json().propertyNames())
                .containsExactly("id", "key", "prefix", "name", "permissions", "createdAt");
        assertThat(created.at("/key")).startsWith("dbk_live_").startsWith(created.at("/prefix"));
        assertThat(created.json().at("/permissions").toString()).isEqualTo(ALL);
        platform.key(created.at("/key")).get("/helloworld").is(200);
        assertThat(platform.get("/apiKeys").is(200).text()).doesNotContain(created.at("/key"));
    }

    @Test
    void outside_production_a_key_says_that_it_is_for_tests() {
        Site sandbox = new Site(UUID.randomUUID(), "sandbox", "Sand");
        sandbox.put("").is(201);

        assertThat(sandbox.platform()
                        .post("/apiKeys", "{\"name\": \"a\"}")
                        .is(201)
                        .at("/key"))
                .startsWith("dbk_test_");
    }

    @Test
    void a_partners_key_may_by_default_do_all_that_a_partners_key_may() {
        Reply created = platform.post(
                        "/apiKeys", "{\"name\": \"a\", \"partnerId\": \"" + PARTNER.toUpperCase(Locale.ROOT) + "\"}")
                .is(201);

        assertThat(created.at("/partnerId")).isEqualTo(PARTNER);
        assertThat(created.json().at("/permissions").toString()).isEqualTo(ALL_OF_A_PARTNER);
    }

    @Test
    void a_key_has_the_permissions_that_were_asked_for() {
        Reply created = platform.post("/apiKeys", "{\"name\": \"a\", \"permissions\": [\"Setup\", \"Coupon\"]}")
                .is(201);

        assertThat(created.json().at("/permissions").toString()).isEqualTo("[\"Coupon\",\"Setup\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/name required",
                "{\"name\": \" \"}|/name blank",
                "{\"name\": 5}|/name wrong_type",
                "{\"name\": \"a\\nb\"}|/name invalid_character",
                "{\"name\": \"a\", \"partnerId\": \"x\"}|/partnerId invalid_format",
                "{\"name\": \"a\", \"partnerId\": \"5c0d7c1a-0d0e-4a39-8f6c-2d1f0c9b8a70\"}"
                        + "|/partnerId unknown_reference",
                "{\"name\": \"a\", \"permissions\": \"Setup\"}|/permissions wrong_type",
                "{\"name\": \"a\", \"permissions\": []}|/permissions out_of_range",
                "{\"name\": \"a\", \"permissions\": [\"setup\"]}|/permissions/0 unknown_permission",
                "{\"name\": \"a\", \"permissions\": [\"Setup\", 5]}|/permissions/1 wrong_type",
                "{\"name\": \"a\", \"permissions\": [\"Setup\", \"Setup\"]}|/permissions/1 duplicate_value",
                "{\"name\": \"a\", \"expiresAt\": \"tomorrow\"}|/expiresAt invalid_format",
                "{\"name\": \"a\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}|/expiresAt date_in_past"
            })
    void what_is_wrong_with_a_request_is_named(String body, String violation) {
        Reply refused = platform.post("/apiKeys", body).isProblem(400, "validation_failed");

        assertThat(refused.violations()).containsExactly(violation);
    }

    @Test
    void a_partners_key_neither_lets_guests_in_nor_sets_anything_up() {
        String body = "{\"name\": \"a\", \"partnerId\": \"" + PARTNER
                + "\", \"permissions\": [\"Coupon\", \"Speedgate\", \"Setup\"]}";

        assertThat(platform.post("/apiKeys", body)
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/permissions/1 not_allowed", "/permissions/2 not_allowed");
    }

    @Test
    void a_name_has_100_characters_at_most() {
        platform.post("/apiKeys", "{\"name\": \"" + "é".repeat(100) + "\"}").is(201);
        assertThat(platform.post("/apiKeys", "{\"name\": \"" + "é".repeat(101) + "\"}")
                        .violations())
                .containsExactly("/name too_long");
    }

    @Test
    void unknown_properties_are_violations_for_those_who_want_them_to_be() {
        platform.post("/apiKeys", "{\"name\": \"a\", \"colour\": \"red\"}").is(201);
        assertThat(platform.with("Prefer", "handling=strict")
                        .post("/apiKeys", "{\"name\": \"a\", \"colour\": \"red\"}")
                        .isProblem(400, "validation_failed")
                        .violations())
                .containsExactly("/colour unknown_property");
    }

    @Test
    void nobody_grants_more_than_he_has() {
        Api clerk = platform.key(key("{\"name\": \"clerk\", \"permissions\": [\"Setup\", \"Coupon\"]}"));

        clerk.post("/apiKeys", "{\"name\": \"a\", \"permissions\": [\"Coupon\"]}")
                .is(201);
        clerk.post("/apiKeys", "{\"name\": \"a\", \"permissions\": [\"Coupon\", \"Ticketing\"]}")
                .isProblem(403, "forbidden");
        clerk.post("/apiKeys", "{\"name\": \"a\"}").isProblem(403, "forbidden");
        clerk.post("/apiKeys", "{\"name\": \"a\", \"partnerId\": \"" + PARTNER + "\"}")
                .isProblem(403, "forbidden");
    }

    @Test
    void keys_are_the_business_of_operators_with_the_permission() {
        Api partner = platform.key(key("{\"name\": \"p\", \"partnerId\": \"" + PARTNER + "\"}"));
        Api gate = platform.key(key("{\"name\": \"g\", \"permissions\": [\"Speedgate\"]}"));

        for (Api stranger : List.of(partner, gate)) {
            stranger.post("/apiKeys", "{\"name\": \"a\"}").isProblem(403, "forbidden");
            stranger.get("/apiKeys").isProblem(403, "forbidden");
            stranger.delete("/apiKeys/" + UUID.randomUUID()).isProblem(403, "forbidden");
        }
    }

    @Test
    void a_key_ends_when_it_was_to_end() {
        Instant end = clock.now().plus(Duration.ofHours(1));
        Reply created = platform.post("/apiKeys", "{\"name\": \"a\", \"expiresAt\": \"" + end + "\"}")
                .is(201);
        assertThat(Instant.parse(created.at("/expiresAt"))).isEqualTo(end);

        clock.set(end);

        platform.key(created.at("/key")).get("/helloworld").isProblem(401, "unauthorized");
    }

    @Test
    void the_list_has_all_live_keys_oldest_first_page_by_page() {
        for (String name : List.of("a", "b", "c")) {
            key("{\"name\": \"" + name + "\"}");
        }

        Reply first = platform.get("/apiKeys?pageSize=2").is(200);
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.json().at("/data/0").propertyNames())
                .containsExactly("id", "prefix", "name", "permissions", "createdAt");
        assertThat(names(platform.get("/apiKeys?pageSize=2&pageKey=" + first.at("/nextPageKey"))
                        .is(200)))
                .containsExactly("c");
    }

    @Test
    void a_revoked_key_is_dead_at_once_and_gone_from_the_list() {
        Reply created = platform.post("/apiKeys", "{\"name\": \"a\"}").is(201);
        Api holder = platform.key(created.at("/key"));
        holder.get("/helloworld").is(200);

        assertThat(platform.delete("/apiKeys/" + created.at("/id")).is(204).text())
                .isEmpty();

        holder.get("/helloworld").isProblem(401, "unauthorized");
        assertThat(names(platform.get("/apiKeys").is(200))).isEmpty();
        platform.delete("/apiKeys/" + created.at("/id")).isProblem(404, "resource_not_found");
    }

    @Test
    void only_a_key_of_this_company_can_be_revoked_here() {
        Site other = Site.fresh();
        other.put("").is(201);
        String id =
                other.platform().post("/apiKeys", "{\"name\": \"a\"}").is(201).at("/id");

        platform.delete("/apiKeys/" + id).isProblem(404, "resource_not_found");
        platform.delete("/apiKeys/none").isProblem(404, "resource_not_found");
        other.platform().delete("/apiKeys/" + id).is(204);
    }

    @Test
    void a_repeated_request_makes_no_second_key_and_shows_the_secret_no_second_time() {
        Api api = platform.with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = api.post("/apiKeys", "{\"name\": \"a\"}").is(201);
        Reply again = api.post("/apiKeys", "{\"name\": \"a\"}").is(201);

        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(again.json().has("key")).isFalse();
        assertThat(again.json().path("secretShown").asBoolean()).isTrue();
        assertThat(again.header("idempotency-replayed")).contains("true");
        assertThat(names(platform.get("/apiKeys").is(200))).containsExactly("a");
    }

    private String key(String body) {
        return platform.post("/apiKeys", body).is(201).at("/key");
    }

    private static List<String> names(Reply list) {
        return list.json()
                .path("data")
                .valueStream()
                .map(key -> key.path("name").asString())
                .toList();
    }
}
