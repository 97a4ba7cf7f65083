package dev.drawbridge.platform.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a company has set up comes back as it was written, in the order of its lists. */
class DefinitionStoreTest {

    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final DefinitionStore store = TestServer.running().bean(DefinitionStore.class);
    private final CompanyId company = newCompany();

    @Test
    void entries_come_back_in_the_order_of_the_list_letter_by_letter() {
        Definition tour = new Definition(DefinitionKind.ITEM, "z", 0, "{ \"price\":100.00,\"b\": \"ø\", \"a\":1 }");
        Definition coffee = new Definition(DefinitionKind.ITEM, "a", 1, "{}");

        put(coffee, tour);

        assertThat(items()).containsExactly(tour, coffee);
    }

    @Test
    void an_entry_with_the_same_key_is_changed() {
        put(new Definition(DefinitionKind.ITEM, "a", 0, "{}"), new Definition(DefinitionKind.ITEM, "b", 1, "{}"));
        put(new Definition(DefinitionKind.ITEM, "a", 2, "{\"changed\":true}"));

        assertThat(items())
                .containsExactly(
                        new Definition(DefinitionKind.ITEM, "b", 1, "{}"),
                        new Definition(DefinitionKind.ITEM, "a", 2, "{\"changed\":true}"));
    }

    @Test
    void each_kind_is_a_list_of_its_own() {
        for (DefinitionKind kind : DefinitionKind.values()) {
            put(new Definition(kind, "same", 0, "{\"kind\":\"" + kind + "\"}"));
        }

        for (DefinitionKind kind : DefinitionKind.values()) {
            assertThat(list(kind)).containsExactly(new Definition(kind, "same", 0, "{\"kind\":\"" + kind + "\"}"));
        }
    }

    @Test
    void one_more_than_two_chunks_are_stored_and_removed() {
        List<Definition> many = IntStream.range(0, 2_001)
                .mapToObj(position -> new Definition(DefinitionKind.ITEM, "key" + position, position, "{}"))
                .toList();

        put(many.toArray(Definition[]::new));
        assertThat(items()).isEqualTo(many);

        remove(many.stream()
                .map(Definition::key)
                .filter(key -> !key.equals("key7"))
                .toList());
        assertThat(items()).containsExactly(many.get(7));
    }

    @Test
    void nothing_to_store_and_unknown_keys_to_remove_are_no_errors() {
        put();
        remove(List.of());
        remove(List.of("unknown"));

        assertThat(items()).isEmpty();
    }

    @Test
    void another_companys_entries_are_its_own() {
        put(new Definition(DefinitionKind.ITEM, "a", 0, "{}"));

        assertThat(listOf(newCompany(), DefinitionKind.ITEM)).isEmpty();
    }

    private void put(Definition... definitions) {
        transactions.inCompany(company, open -> {
            store.put(open, List.of(definitions));
            return null;
        });
    }

    private void remove(List<String> keys) {
        transactions.inCompany(company, open -> {
            store.remove(open, DefinitionKind.ITEM, keys);
            return null;
        });
    }

    private List<Definition> items() {
        return list(DefinitionKind.ITEM);
    }

    private List<Definition> list(DefinitionKind kind) {
        return listOf(company, kind);
    }

    private List<Definition> listOf(CompanyId owner, DefinitionKind kind) {
        return transactions.inCompany(owner, open -> store.all(open, kind));
    }

    private static CompanyId newCompany() {
        var id = new CompanyId(UUID.randomUUID());
        JdbcClient.create(TestDatabase.running().asApplication())
                .sql("""
                        insert into platform.companies (company_id, tenant_id, environment, environment_key,
                                                        name, name_key, display_name, settings, created_at)
                        values (:id, :id, 'test', 'test', 'Castle', 'castle', 'Castle', '{}', platform.now())
                        """)
                .param("id", id.value())
                .update();
        return id;
    }
}
