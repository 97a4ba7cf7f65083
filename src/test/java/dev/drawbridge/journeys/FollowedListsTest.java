package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of what lasts, other than orders, read as change feeds. */
class FollowedListsTest {

    private static final LocalDate WEEKDAY = Castle.weekday();
    private static final String KEYS = "/apiKeys";
    private static final String WEBHOOKS = "/webhooks";
    private static final String SLOTS = "/admissions/TOUR/slots";
    private static final String TOLD = """
            {"notificationUrl": "http://localhost:1/hooks", "eventName": "*"}""";

    private final Castle castle = Castle.opened();
    private final Api operator = castle.operator();

    /** A consumer of one list: what came since it last looked. */
    private static final class Follower {

        private final Api api;
        private final String list;
        private String last = "0";

        Follower(Api api, String list) {
            this.api = api;
            this.list = list;
        }

        List<JsonNode> news() {
            List<JsonNode> news = new ArrayList<>();
            String next = list + "?sync=true&pageSize=500&lastRowVersion=" + last;
            while (!next.isEmpty()) {
                Reply page = api.get(next).is(200);
                news.addAll(page.json().path("data").values());
                next = page.at("/nextPageURL");
            }
            assertThat(news)
                    .extracting(row -> Long.parseLong(row.path("rowVersion").asString()))
                    .as("growing versions")
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(version -> version > Long.parseLong(last));
            if (!news.isEmpty()) {
                last = news.getLast().path("rowVersion").asString();
            }
            return news;
        }

        JsonNode onlyNews() {
            List<JsonNode> news = news();
            assertThat(news).hasSize(1);
            return news.getFirst();
        }
    }

    @Test
    void a_key_comes_when_it_is_made_and_goes_when_it_is_revoked() {
        var follower = new Follower(operator, KEYS);
        assertThat(follower.news())
                .extracting(row -> row.path("id").asString())
                .containsExactlyElementsOf(ids(operator.get(KEYS)));
        Reply made = operator.post(KEYS, "{\"name\": \"new\"}").is(201);
        JsonNode shown = follower.onlyNews();
        assertThat(shown.path("id").asString()).isEqualTo(made.at("/id"));
        assertThat(shown.path("name").asString()).isEqualTo("new");
        operator.delete(KEYS + "/" + made.at("/id")).is(204);
        assertIsTombstone(follower.onlyNews(), made.at("/id"));
        assertThat(follower.news()).isEmpty();
    }

    @Test
    void a_webhook_comes_to_its_partner_and_to_operators() {
        var partners = new Follower(castle.partner(Castle.JOURNEY_DEALS), WEBHOOKS);
        var operators = new Follower(operator, WEBHOOKS);
        String theirs = partners.api.post(WEBHOOKS, TOLD).is(201).at("/id");
        assertThat(partners.onlyNews().path("state").asString()).isEqualTo("active");
        operator.post(WEBHOOKS, TOLD).is(201);
        assertThat(partners.news()).isEmpty();
        assertThat(operators.news()).hasSize(2);
        operator.patch(WEBHOOKS + "/" + theirs, "{\"state\": \"disabled\"}").is(200);
        assertThat(partners.onlyNews().path("disabledReason").asString()).isEqualTo("requested");
        assertThat(operators.onlyNews().path("id").asString()).isEqualTo(theirs);
        partners.api.delete(WEBHOOKS + "/" + theirs).is(204);
        assertIsTombstone(partners.onlyNews(), theirs);
        assertIsTombstone(operators.onlyNews(), theirs);
    }

    @Test
    void a_slot_comes_when_places_are_taken_and_when_it_is_changed() {
        Api partner = castle.partner(Castle.JOURNEY_DEALS);
        var follower = new Follower(partner, SLOTS);
        assertThat(follower.news())
                .extracting(row -> row.path("slotId").asString())
                .doesNotHaveDuplicates()
                .containsAll(slotIds(partner.get(SLOTS + "?until=" + WEEKDAY)));
        String slot = castle.slot("TOUR", WEEKDAY, "11:00").path("slotId").asString();
        partner.post(
                        "/channelManager",
                        order().line("31003", 2, WEEKDAY, "11:00:00").toString())
                .is(201);
        partner.post(
                        "/channelManager",
                        order().line("31001", 1, WEEKDAY, "11:00:00").toString())
                .is(201);
        castle.settle();
        JsonNode taken = follower.onlyNews();
        assertThat(taken.path("slotId").asString()).isEqualTo(slot);
        assertThat(taken.path("taken").asInt()).isEqualTo(2);
        operator.patch(SLOTS + "/" + slot, "{\"closed\": true}").is(200);
        assertThat(follower.onlyNews().path("closed").asBoolean()).isTrue();
    }

    @Test
    void a_slot_that_is_no_more_leaves_a_tombstone() {
        var follower = new Follower(operator, SLOTS);
        follower.news();
        String slot = castle.slot("TOUR", WEEKDAY, "11:00").path("slotId").asString();
        castle.change(setup -> setup.replace("closedOn: [\"", "closedOn: [\"" + WEEKDAY + "\", \""))
                .is(200);
        assertThat(follower.news())
                .filteredOn(row -> row.path("id").asString("").equals(slot))
                .singleElement()
                .satisfies(row -> assertIsTombstone(row, slot));
    }

    @Test
    void a_company_comes_when_it_is_renamed() {
        var follower = new Follower(operator, companies(Castle.TENANT, "production"));
        assertThat(follower.onlyNews().path("name").asString()).isEqualTo(castle.name());
        Castle.opened();
        assertThat(follower.news()).as("of other companies").isEmpty();
        castle.change(setup -> setup.replace("displayName: CRONUS Castle", "displayName: Renamed"))
                .is(200);
        assertThat(follower.onlyNews().path("displayName").asString()).isEqualTo("Renamed");
    }

    @Test
    void the_platform_key_follows_all_companies_of_an_environment() {
        UUID tenant = UUID.randomUUID();
        TestCompany first = TestCompany.named(tenant, "production", "First");
        var follower = new Follower(Api.platform(), companies(tenant.toString(), "Production"));
        assertThat(follower.onlyNews().path("id").asString())
                .isEqualTo(first.id().toString());
        TestCompany.named(tenant, "sandbox", "Third");
        assertThat(follower.news()).isEmpty();
        TestCompany second = TestCompany.named(tenant, "production", "Second");
        assertThat(follower.onlyNews().path("id").asString())
                .isEqualTo(second.id().toString());
    }

    private static String companies(String tenant, String environment) {
        return TestServer.running().address() + "/" + tenant + "/" + environment + "/companies";
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYS, WEBHOOKS, SLOTS})
    void only_versions_that_were_given_are_gone_on_from(String list) {
        operator.get(list + "?sync=true&lastRowVersion=x").isProblem(400, "invalid_row_version");
        operator.get(list + "?lastRowVersion=x").is(200);
        operator.get(list + "?sync=true&lastRowVersion=99999999").isProblem(410, "resync_required");
        assertThat(operator.get(list).json().path("data").values())
                .allSatisfy(row -> assertThat(row.has("rowVersion")).isFalse());
    }

    @Test
    void slots_that_are_followed_are_not_narrowed_down() {
        operator.get(SLOTS + "?sync=true&from=" + WEEKDAY).isProblem(400, "filter_not_allowed");
        operator.get("/admissions/NONE/slots?sync=true").isProblem(404, "resource_not_found");
    }

    private static void assertIsTombstone(JsonNode row, String id) {
        assertThat(row.propertyNames()).containsExactly("id", "rowVersion", "deleted");
        assertThat(row.path("id").asString()).isEqualTo(id);
        assertThat(row.path("deleted").asBoolean()).isTrue();
    }

    private static List<String> ids(Reply list) {
        return list.is(200).json().path("data").values().stream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private static List<String> slotIds(Reply list) {
        return list.is(200).json().path("data").values().stream()
                .map(row -> row.path("slotId").asString())
                .toList();
    }
}
