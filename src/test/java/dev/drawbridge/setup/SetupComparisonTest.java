package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.database.ComparisonKey;
import dev.drawbridge.platform.definitions.Definition;
import dev.drawbridge.platform.definitions.DefinitionKind;
import dev.drawbridge.platform.web.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a company's entries when another document is put. */
class SetupComparisonTest {

    private static final JsonMapper JSON = Json.mapper();

    private static final String CASTLE = "{\"code\":\"CASTLE\",\"entry\":\"OPEN\"}";
    private static final String ENTRY = "{\"code\":\"ENTRY\",\"admissions\":[\"castle\"]}";
    private static final String ADULT = "{\"number\":\"31001\",\"ticketType\":\"Entry\",\"price\":{\"amount\":100.00}}";
    private static final String CAKE = "{\"number\":\"41001\"}";
    private static final String FAMILY = "{\"number\":\"32001\",\"package\":[{\"item\":\"31001\",\"quantity\":2}]}";
    private static final String COUPON = "{\"code\":\"CAFE\",\"item\":\"41001\"}";
    private static final String DESIGN = "{\"code\":\"castle\"}";
    private static final String PARTNER = "{\"id\":\"21E8C1D2-3f4a-4c5b-9e6d-7f8a9b0c1d2e\",\"design\":\"castle\"}";

    @Test
    void new_entries_are_created() {
        assertThat(change(setup(), setup().items(ADULT, CAKE)).outcome()).isEqualTo(new SetupOutcome(2, 0, 0, 0, 0));
    }

    @Test
    void the_same_entries_are_unchanged_and_nothing_is_written() {
        SetupChanges changes = change(castle(), castle());

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 8, 0, 0));
        assertThat(changes.rows()).isZero();
    }

    @Test
    void the_order_of_properties_zeros_and_nulls_make_no_difference() {
        Setup written = setup().items("{\"number\":\"1\",\"price\":{\"amount\":100.00,\"vatPercent\":25}}");
        Setup given =
                setup().items("{\"price\":{\"vatPercent\":25.0,\"amount\":100},\"number\":\"1\",\"blocked\":null}");

        assertThat(change(written, given).outcome()).isEqualTo(new SetupOutcome(0, 0, 1, 0, 0));
    }

    @Test
    void the_order_of_a_list_within_an_entry_does() {
        Setup written = setup().items("{\"number\":\"1\",\"priceRules\":[{\"percent\":1},{\"percent\":2}]}");
        Setup given = setup().items("{\"number\":\"1\",\"priceRules\":[{\"percent\":2},{\"percent\":1}]}");

        assertThat(change(written, given).outcome()).isEqualTo(new SetupOutcome(0, 1, 0, 0, 0));
    }

    @Test
    void entries_in_another_order_are_moved_and_count_as_unchanged() {
        SetupChanges changes = change(setup().items(ADULT, CAKE), setup().items(CAKE, ADULT));

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 2, 0, 0));
        assertThat(changes.written()).extracting(Definition::key).containsExactly("41001", "31001");
    }

    @Test
    void an_entry_left_out_that_nothing_refers_to_is_removed() {
        SetupChanges changes = change(setup().items(ADULT, CAKE), setup().items(ADULT));

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 1, 0, 1));
        assertThat(changes.removed()).extracting(Definition::key).containsExactly("41001");
    }

    @Test
    void it_is_retired_first_while_somebody_may_be_about_to_refer_to_it() {
        var comparison = new SetupComparison(
                setup().items(ADULT, CAKE).definitions(), setup().items(ADULT).definitions(), JSON);

        SetupChanges changes = comparison.changes(Set.of(), Set.of());

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 1, 0, 1));
        assertThat(changes.removed()).isEmpty();
        assertThat(changes.toBeRemoved()).containsExactly(item("41001"));
        assertThat(changes.written())
                .containsExactly(
                        new Definition(DefinitionKind.ITEM, "41001", 1, "{\"number\":\"41001\",\"blocked\":true}"));
    }

    @Test
    void one_that_is_referred_to_is_retired_behind_the_others() {
        SetupChanges changes = change(setup().items(ADULT, CAKE), setup().items(CAKE), item("31001"));

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 1, 1, 0));
        assertThat(changes.written())
                .containsExactly(
                        new Definition(DefinitionKind.ITEM, "41001", 0, CAKE),
                        new Definition(
                                DefinitionKind.ITEM, "31001", 1, ADULT.replace("00}}", "00},\"blocked\":true}")));
    }

    @Test
    void every_kind_is_retired_in_its_own_way() {
        Set<EntryKey> all =
                Set.copyOf(castle().definitions().stream().map(EntryKey::of).toList());

        SetupChanges changes = change(castle(), setup(), all);

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 0, 8, 0));
        assertThat(changes.written()).extracting(Definition::json).allSatisfy(json -> assertThat(json)
                .containsAnyOf("\"active\":false", "\"closed\":true", "\"retired\":true", "\"blocked\":true"));
    }

    @Test
    void what_a_retired_entry_needs_is_retired_with_it() {
        SetupChanges changes = change(castle(), setup(), item("32001"));

        assertThat(changes.written())
                .extracting(Definition::key)
                .containsExactlyInAnyOrder("castle", "entry", "31001", "32001");
        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 0, 4, 4));
    }

    @Test
    void leaving_a_retired_one_out_again_changes_nothing() {
        Setup before = setup().items(CAKE, "{\"number\":\"31001\",\"blocked\":true}");

        SetupChanges changes = change(before, setup().items(CAKE), item("31001"));

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 0, 2, 0, 0));
        assertThat(changes.rows()).isZero();
    }

    @Test
    void a_retired_one_is_removed_once_nothing_refers_to_it_any_more() {
        Setup before = setup().items("{\"number\":\"31001\",\"blocked\":true}");

        assertThat(change(before, setup()).outcome()).isEqualTo(new SetupOutcome(0, 0, 0, 0, 1));
    }

    @Test
    void one_that_is_sent_again_lives_again_as_written() {
        Setup before = setup().items("{\"number\":\"31001\",\"blocked\":true}");

        SetupChanges changes = change(before, setup().items("{\"number\":\"31001\"}"));

        assertThat(changes.outcome()).isEqualTo(new SetupOutcome(0, 1, 0, 0, 0));
        assertThat(changes.written()).extracting(Definition::json).containsExactly("{\"number\":\"31001\"}");
    }

    @Test
    void keys_are_compared_in_any_case() {
        assertThat(change(setup().admissions(CASTLE), setup().admissions(CASTLE.replace("CASTLE", "castle")))
                        .outcome())
                .isEqualTo(new SetupOutcome(0, 1, 0, 0, 0));
    }

    @Test
    void what_is_referred_to_is_written_first_and_removed_last() {
        assertThat(change(setup(), castle()).written())
                .extracting(Definition::key)
                .containsExactly("castle", PARTNER_KEY, "castle", "entry", "31001", "41001", "32001", "cafe");
        assertThat(change(castle(), setup()).removed().reversed())
                .extracting(Definition::kind)
                .containsExactly(
                        DefinitionKind.DESIGN,
                        DefinitionKind.PARTNER,
                        DefinitionKind.ADMISSION,
                        DefinitionKind.TICKET_TYPE,
                        DefinitionKind.ITEM,
                        DefinitionKind.ITEM,
                        DefinitionKind.ITEM,
                        DefinitionKind.COUPON_TYPE);
    }

    @Test
    void many_changes_come_in_parts_with_the_removals_last() {
        SetupChanges changes = change(setup().items(ADULT, CAKE), setup().items(FAMILY));

        assertThat(changes.rows()).isEqualTo(3);
        assertThat(changes.first(1).written()).hasSize(1);
        assertThat(changes.first(1).removed()).isEmpty();
        assertThat(changes.first(2).removed()).hasSize(1);
        assertThat(changes.first(3).rows()).isEqualTo(3);
    }

    private static final String PARTNER_KEY = "21e8c1d2-3f4a-4c5b-9e6d-7f8a9b0c1d2e";

    private static SetupChanges change(Setup before, Setup after, EntryKey... referredTo) {
        return change(before, after, Set.of(referredTo));
    }

    /** With everything settled that is left out. */
    private static SetupChanges change(Setup before, Setup after, Set<EntryKey> referredTo) {
        var comparison = new SetupComparison(before.definitions(), after.definitions(), JSON);
        return comparison.changes(referredTo, comparison.leftOut());
    }

    private static EntryKey item(String number) {
        return new EntryKey(DefinitionKind.ITEM, number);
    }

    private static Setup setup() {
        return new Setup();
    }

    private static Setup castle() {
        return setup().admissions(CASTLE)
                .with(DefinitionKind.TICKET_TYPE, ENTRY)
                .with(DefinitionKind.COUPON_TYPE, COUPON)
                .with(DefinitionKind.DESIGN, DESIGN)
                .with(DefinitionKind.PARTNER, PARTNER)
                .items(ADULT, CAKE, FAMILY);
    }

    /** Entries as they are stored. */
    private static final class Setup {

        private final Map<DefinitionKind, List<String>> entries = new EnumMap<>(DefinitionKind.class);

        Setup items(String... written) {
            return with(DefinitionKind.ITEM, written);
        }

        Setup admissions(String... written) {
            return with(DefinitionKind.ADMISSION, written);
        }

        Setup with(DefinitionKind kind, String... written) {
            entries.put(kind, List.of(written));
            return this;
        }

        List<Definition> definitions() {
            List<Definition> definitions = new ArrayList<>();
            entries.forEach((kind, written) -> {
                for (int position = 0; position < written.size(); position++) {
                    String json = written.get(position);
                    String key = JSON.readTree(json)
                            .get(SetupList.of(kind).keyProperty())
                            .stringValue();
                    definitions.add(new Definition(kind, ComparisonKey.of(key), position, json));
                }
            });
            return definitions;
        }
    }
}
