package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.platform.web.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A setup is given back as it was written, and putting it back changes nothing. */
class RoundTripTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final List<String> TEXTS = List.of(
            "no",
            "null",
            "~",
            "31001",
            "09:00",
            "2026-12-24",
            "1e5",
            "Café: \"1\"",
            "# a",
            "- b",
            "[N*18]",
            "{",
            "'",
            "\\",
            "a  b",
            " leading",
            "100 %",
            "\uD83C\uDFF0 \u2028",
            "Entré til slottet, barn",
            "*a",
            "&a",
            "!a",
            "x".repeat(100));
    private static final List<String> AMOUNTS =
            List.of("0", "0.00", "5", "5.0", "5.00", "1e2", "100.10", "999999999.99");

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml", "*/*"})
    void the_document_comes_back_as_written_and_putting_it_back_changes_nothing(String type) {
        Site site = Site.fresh();
        site.put(Site.LISTS).is(201);

        Reply given = site.platform().with("Accept", type).get("/setup").is(200);

        String expected = type.equals("application/yaml") ? "application/yaml" : "application/json";
        assertThat(given.header("content-type")).contains(expected);
        assertThat(given.text()).contains("100.00");
        Reply back = site.platform()
                .with("Content-Type", expected)
                .send("PUT", "/setup", BodyPublishers.ofByteArray(given.bytes()))
                .is(200);
        assertThat(Site.counts(back)).containsExactly(0, 0, 5, 0, 0);
        assertThat(site.platform().with("Accept", type).get("/setup").text()).isEqualTo(given.text());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_was_accepted_comes_back_and_can_be_put_back(long seed) {
        Site site = Site.fresh();
        ObjectNode written = anyCastle(site, new Random(seed));
        List<Integer> created = Site.counts(site.put(written).is(201));

        Reply json = site.platform().get("/setup").is(200);
        Reply yaml =
                site.platform().with("Accept", "application/yaml").get("/setup").is(200);

        assertThat(EntryContent.same(JSON.readTree(json.bytes()), written)).isTrue();
        List<Integer> allUnchanged = List.of(0, 0, created.getFirst(), 0, 0);
        assertThat(Site.counts(site.platform().put("/setup", json.text()).is(200)))
                .isEqualTo(allUnchanged);
        assertThat(Site.counts(Site.putYaml(site.platform(), yaml.text()).is(200)))
                .isEqualTo(allUnchanged);
    }

    /** The castle, with some entries left out, all in another order, and texts and numbers that are easily mistaken. */
    private static ObjectNode anyCastle(Site site, Random random) {
        ObjectNode castle = SetupDocument.ofYaml(Castle.demo().getBytes(StandardCharsets.UTF_8))
                .tree();
        castle.set(
                "company",
                SetupDocument.ofYaml(site.company().getBytes(StandardCharsets.UTF_8))
                        .tree()
                        .get("company"));
        for (String number : List.of("31005", "31099", "32001", "32002")) {
            if (random.nextBoolean()) {
                castle = Site.without(castle, "items", number);
            }
        }
        for (SetupList list : SetupList.values()) {
            List<JsonNode> entries =
                    new ArrayList<>(castle.path(list.property()).values());
            Collections.shuffle(entries, random);
            castle.putArray(list.property()).addAll(entries);
        }
        for (JsonNode item : castle.path("items")) {
            ((ObjectNode) item).put("description", TEXTS.get(random.nextInt(TEXTS.size())));
            if (item.path("price") instanceof ObjectNode price) {
                price.set("amount", JSON.readTree(AMOUNTS.get(random.nextInt(AMOUNTS.size()))));
            }
        }
        return castle;
    }
}
