package dev.drawbridge.platform.numbers;

import static dev.drawbridge.platform.numbers.SeriesBlocks.BLOCK_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.fixtures.TestDatabase;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Series values come in blocks, each value once, over all threads and nodes. */
class SeriesBlocksTest {

    private static final int THREADS = 16;
    private static final int VALUES_OF_THREAD = 2 * BLOCK_SIZE + 7;

    private final Transactions transactions = TestServer.running().bean(Transactions.class);
    private final SeriesStore store = TestServer.running().bean(SeriesStore.class);
    private final CompanyId company = newCompany();

    @Test
    void the_first_value_is_the_start_value_and_each_next_one_is_one_more() {
        SeriesBlocks node = newNode();

        assertThat(take(node, 3 * BLOCK_SIZE)).containsExactlyElementsOf(from(1, 3 * BLOCK_SIZE));
    }

    @Test
    void the_start_value_counts_once() {
        newNode().next(company, "wallet", 500);

        assertThat(newNode().next(company, "wallet", 1)).isEqualTo(500 + BLOCK_SIZE);
        assertThat(newNode().next(company, "wallet", 9_000)).isEqualTo(500 + 2 * BLOCK_SIZE);
    }

    @Test
    void what_a_node_had_left_of_its_block_is_a_gap_after_its_restart() {
        SeriesBlocks node = newNode();
        take(node, BLOCK_SIZE + 1);

        assertThat(newNode().next(company, "wallet", 1)).isEqualTo(1 + 2 * BLOCK_SIZE);
    }

    @Test
    void values_that_were_provided_are_drawn_without_taking_more_off_the_series() {
        SeriesBlocks node = newNode();
        take(node, 7);
        node.provide(company, "wallet", 1, 3 * BLOCK_SIZE);
        long others = newNode().next(company, "wallet", 1);
        node.provide(company, "wallet", 1, 3 * BLOCK_SIZE);

        assertThat(others).isEqualTo(1 + 3 * BLOCK_SIZE + 7);
        assertThat(take(node, 3 * BLOCK_SIZE)).containsExactlyElementsOf(from(8, 3 * BLOCK_SIZE));
        assertThat(newNode().next(company, "wallet", 1)).isEqualTo(others + BLOCK_SIZE);
    }

    @Test
    void values_that_are_left_out_are_drawn_by_nobody() {
        SeriesBlocks node = newNode();
        take(node, 7);
        node.skip(company, "wallet", 1, 1_000_000);

        assertThat(node.next(company, "wallet", 1)).isEqualTo(1 + BLOCK_SIZE + 1_000_000);
        assertThat(newNode().next(company, "wallet", 1)).isEqualTo(1 + 2 * BLOCK_SIZE + 1_000_000);
    }

    @Test
    void series_and_companies_do_not_share_values() {
        SeriesBlocks node = newNode();

        assertThat(node.next(company, "wallet", 1)).isEqualTo(1);
        assertThat(node.next(company, "partner:a", 1)).isEqualTo(1);
        assertThat(node.next(newCompany(), "wallet", 1)).isEqualTo(1);
        assertThat(node.next(company, "wallet", 1)).isEqualTo(2);
    }

    @Test
    void a_value_drawn_in_a_transaction_that_fails_is_not_drawn_again() {
        SeriesBlocks node = newNode();

        assertThatThrownBy(() -> transactions.inCompany(company, transaction -> {
                    assertThat(node.next(company, "wallet", 1)).isEqualTo(1);
                    throw new IllegalStateException("cannot be issued");
                }))
                .hasMessage("cannot be issued");

        assertThat(node.next(company, "wallet", 1)).isEqualTo(2);
        assertThat(newNode().next(company, "wallet", 1)).isEqualTo(1 + BLOCK_SIZE);
    }

    @Test
    void threads_of_one_node_draw_every_value_once_and_leave_no_gap() throws Exception {
        SeriesBlocks node = newNode();

        List<Long> drawn = race(THREADS, _ -> take(node, VALUES_OF_THREAD));

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(from(1, THREADS * VALUES_OF_THREAD));
    }

    @Test
    void threads_of_several_nodes_draw_no_value_twice() throws Exception {
        List<SeriesBlocks> nodes = List.of(newNode(), newNode(), newNode(), newNode());

        List<Long> drawn = race(THREADS, thread -> take(nodes.get(thread % nodes.size()), VALUES_OF_THREAD));

        assertThat(drawn).hasSize(THREADS * VALUES_OF_THREAD).doesNotHaveDuplicates();
    }

    @Test
    void more_transactions_than_connections_may_all_draw_from_a_new_series() throws Exception {
        SeriesBlocks node = newNode();

        List<Long> drawn =
                race(64, _ -> transactions.inCompany(company, transaction -> List.of(node.next(company, "wallet", 1))));

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(from(1, 64));
    }

    private SeriesBlocks newNode() {
        return new SeriesBlocks(transactions, store);
    }

    private List<Long> take(SeriesBlocks node, int count) {
        List<Long> values = new ArrayList<>();
        for (int taken = 0; taken < count; taken++) {
            values.add(node.next(company, "wallet", 1));
        }
        return values;
    }

    private static List<Long> from(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static List<Long> race(int threads, IntFunction<List<Long>> work)
            throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int index = thread;
                running.add(pool.submit(() -> {
                    start.await();
                    return work.apply(index);
                }));
            }
            start.countDown();
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> one : running) {
                all.addAll(one.get());
            }
            return all;
        }
    }

    private static CompanyId newCompany() {
        var id = new CompanyId(UUID.randomUUID());
        JdbcClient.create(TestDatabase.running().asApplication())
                .sql("""
                        insert into platform.companies (company_id, tenant_id, environment, environment_key,
                                                        name, name_key, display_name, settings, created_at)
                        values (:id, :id, 'test', 'test', 'Series', 'series', 'Series', '{}', platform.now())
                        """)
                .param("id", id.value())
                .update();
        return id;
    }
}
