package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A setup given back as YAML says what was written. */
class YamlTextTest {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "no",
            "Yes",
            "null",
            "~",
            "09:00",
            "2026-12-24",
            "31001",
            "1e5",
            "0x1F",
            ".inf",
            "Café coupon",
            "a: b",
            "- a",
            "# a",
            "'",
            "\"",
            "\\",
            "two\nlines\n",
            "\ttab",
            "[N*18]",
            "{",
            "*a",
            "&a",
            "!a",
            "%",
            "@",
            "100 %",
            "Entré til slottet, barn",
            "\u2028",
            "\uD83C\uDFF0",
            "x".repeat(500),
            "a  b",
            "trailing ",
            "=");

    @Test
    void decimals_keep_their_zeros() {
        assertThat(YamlText.of(read("a: 100.00\nb: -5.0\nc: 10\nd: 1e2"))).isEqualTo("""
                a: 100.00
                b: -5.0
                c: 10
                d: 100
                """);
    }

    @Test
    void it_reads_as_a_person_would_write_it() {
        String yaml = """
                company:
                    name: CRONUS International Ltd.
                    timeZone: "Europe/Copenhagen"
                admissions:
                  - code: CASTLE
                    schedules:
                      - weekdays: [MON, TUE]
                        from: "09:00"
                        capacity: 250
                designs: []
                """;

        assertThat(YamlText.of(read(yaml))).isEqualTo(yaml);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatever_is_written_is_read_back_the_same(long seed) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("any", any(new Random(seed), 4));

        assertThat(read(YamlText.of(tree)).toString()).isEqualTo(tree.toString());
    }

    private static JsonNode any(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> nodes.numberNode(random.nextInt());
            case 1 -> nodes.numberNode(new BigDecimal(random.nextInt(1_000) + ".50"));
            case 2 -> random.nextBoolean() ? nodes.nullNode() : nodes.booleanNode(random.nextBoolean());
            case 3, 4 -> nodes.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> {
                ArrayNode array = nodes.arrayNode();
                IntStream.range(0, random.nextInt(6)).forEach(_ -> array.add(any(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                IntStream.range(0, random.nextInt(12))
                        .forEach(_ -> object.set(TEXTS.get(random.nextInt(TEXTS.size())), any(random, depth - 1)));
                yield object;
            }
        };
    }

    private static JsonNode read(String yaml) {
        return SetupDocument.ofYaml(yaml.getBytes(StandardCharsets.UTF_8)).tree();
    }
}
