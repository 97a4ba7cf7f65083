package dev.drawbridge.platform.definitions;

import dev.drawbridge.platform.database.CompanyTransaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** What a company has set up, entry by entry. */
@Component
public class DefinitionStore {

    /** No statement writes more rows than this: a long one would hold up the change feed. */
    private static final int CHUNK_ROWS_MAX = 1_000;

    private final JdbcClient jdbc;

    DefinitionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All entries of one list, in the list's order. */
    public List<Definition> all(CompanyTransaction transaction, DefinitionKind kind) {
        return jdbc.sql("""
                        select key, position, content::text as content
                          from platform.definitions
                         where company_id = :company and kind = :kind
                         order by position, key
                        """)
                .param("company", transaction.company().value())
                .param("kind", kind.column())
                .query((row, number) ->
                        new Definition(kind, row.getString("key"), row.getInt("position"), row.getString("content")))
                .list();
    }

    /** The version of the company's setup as it is now; 0 before there is one. */
    public long setupVersion(CompanyTransaction transaction) {
        return jdbc.sql("select setup_version from platform.companies where company_id = :company")
                .param("company", transaction.company().value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The keys of those entries of one list that were noted by {@link #keep} and not written since. */
    public Set<String> kept(CompanyTransaction transaction, DefinitionKind kind) {
        return Set.copyOf(jdbc.sql("""
                        select key
                          from platform.definitions
                         where company_id = :company and kind = :kind and kept
                        """)
                .param("company", transaction.company().value())
                .param("kind", kind.column())
                .query(String.class)
                .list());
    }

    /** Notes that something refers to these entries that never goes. */
    public void keep(CompanyTransaction transaction, DefinitionKind kind, Collection<String> keys) {
        jdbc.sql("""
                        update platform.definitions set kept = true
                         where company_id = :company and kind = :kind and key = any(:keys) and not kept
                        """)
                .param("company", transaction.company().value())
                .param("kind", kind.column())
                .param("keys", texts(keys.stream().sorted()))
                .update();
    }

    /** Adds entries, or changes those with the same kind and key; each pair of kind and key at most once. */
    public void put(CompanyTransaction transaction, List<Definition> definitions) {
        List<Definition> sorted = definitions.stream()
                .sorted(Comparator.comparing(Definition::kind).thenComparing(Definition::key))
                .toList();
        for (List<Definition> chunk : chunks(sorted)) {
            putChunk(transaction, chunk);
        }
    }

    /** Removes entries; a key that is not there is no error. */
    public void remove(CompanyTransaction transaction, DefinitionKind kind, Collection<String> keys) {
        for (List<String> chunk : chunks(keys.stream().sorted().toList())) {
            jdbc.sql("""
                            delete from platform.definitions
                             where company_id = :company and kind = :kind and key = any(:keys)
                            """)
                    .param("company", transaction.company().value())
                    .param("kind", kind.column())
                    .param("keys", new SqlArrayValue("text", chunk.toArray()))
                    .update();
        }
    }

    private void putChunk(CompanyTransaction transaction, List<Definition> chunk) {
        jdbc.sql("""
                        insert into platform.definitions (company_id, kind, key, position, content)
                        select :company, entry.kind, entry.key, entry.position, entry.content::json
                          from unnest(:kinds, :keys, :positions, :contents) as entry (kind, key, position, content)
                        on conflict (company_id, kind, key)
                        do update set position = excluded.position, content = excluded.content, kept = false
                        """)
                .param("company", transaction.company().value())
                .param("kinds", texts(chunk.stream().map(entry -> entry.kind().column())))
                .param("keys", texts(chunk.stream().map(Definition::key)))
                .param(
                        "positions",
                        new SqlArrayValue(
                                "integer",
                                chunk.stream().map(Definition::position).toArray()))
                .param("contents", texts(chunk.stream().map(Definition::json)))
                .update();
    }

    private static SqlArrayValue texts(Stream<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + CHUNK_ROWS_MAX)
                .mapToObj(from -> all.subList(from, Math.min(from + CHUNK_ROWS_MAX, all.size())))
                .toList();
    }
}
