package dev.drawbridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.RowLock;
import dev.drawbridge.fixtures.Site;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.database.Transactions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Many documents at once, and many entries in one. */
class SetupsAtOnceTest {

    @Test
    void of_many_that_create_one_company_at_once_one_does() {
        Site site = Site.fresh();

        List<Reply> answers =
                atOnce(IntStream.range(0, 8).mapToObj(_ -> Site.LISTS).toList(), site);

        assertThat(answers).extracting(Reply::status).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(answers.stream()
                        .mapToInt(answer -> Site.counts(answer).getFirst())
                        .sum())
                .isEqualTo(5);
        assertThat(Site.counts(site.put(Site.LISTS))).containsExactly(0, 0, 5, 0, 0);
    }

    @Test
    void of_many_different_documents_at_once_one_is_what_stays() {
        Site site = Site.opened();
        List<String> documents = IntStream.range(0, 8)
                .mapToObj(number -> "items:\n" + items(number * 5, number * 5 + 20))
                .toList();

        assertThat(atOnce(documents, site)).extracting(Reply::status).containsOnly(200);

        ObjectNode setup = site.setup();
        assertThat(setup.path("items").size()).isEqualTo(20);
        int first = Integer.parseInt(setup.at("/items/0/number").asString());
        assertThat(Site.counts(site.put("items:\n" + items(first, first + 20)))).containsExactly(0, 0, 21, 0, 0);
    }

    @Test
    void an_order_that_is_being_placed_keeps_its_item() throws InterruptedException, ExecutionException {
        Site site = Site.opened();
        TestServer server = TestServer.running();
        String without = Site.LISTS.replace("  - { number: \"31002\", description: B }\n", "");

        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> answer = server.bean(Transactions.class).inCompany(site.id(), open -> {
                Future<Reply> put = client.submit(() -> site.put(without));
                while (!site.entry("items", "31002").path("blocked").asBoolean(false)) {
                    Thread.onSpinWait();
                }
                assertThat(put.isDone()).isFalse();
                server.bean(JdbcClient.class)
                        .sql("""
                                insert into orders.orders (company_id, order_id, partner_id, reference, reference_key,
                                       document_number, status, content, received_at)
                                values (:company, gen_random_uuid(), gen_random_uuid(), 'A', 'a', 'CM-1', 'Submitted',
                                        '[{"itemNumber": "31002"}]', platform.now())
                                """)
                        .param("company", open.company().value())
                        .update();
                return put;
            });

            assertThat(Site.counts(answer.get().is(200))).containsExactly(0, 0, 4, 1, 0);
        }
        assertThat(site.entry("items", "31002").path("blocked").asBoolean()).isTrue();
    }

    @Test
    void whoever_waits_too_long_for_another_document_of_the_company_is_told_to_come_back() throws Exception {
        Site site = Site.opened();
        TestServer server = TestServer.running();

        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> first = server.bean(Transactions.class).inCompany(site.id(), open -> {
                JdbcClient jdbc = server.bean(JdbcClient.class);
                jdbc.sql("select name from platform.companies where company_id = :id for update")
                        .param("id", open.company().value())
                        .query(String.class)
                        .single();
                Future<Reply> put = client.submit(() -> site.put(Site.LISTS));
                RowLock.await(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                                where pg_backend_pid() = any(pg_blocking_pids(pid)))
                                """).query(Boolean.class).single());

                Reply refused = site.put(Site.LISTS).isProblem(503, "overloaded");

                assertThat(refused.header("Retry-After")).contains("5");
                assertThat(put.isDone()).isFalse();
                return put;
            });

            assertThat(Site.counts(first.get().is(200))).containsExactly(0, 0, 5, 0, 0);
        }
    }

    @Test
    void a_document_of_thousands_of_entries_is_applied_in_parts_and_counted_as_one() {
        Site site = Site.fresh();
        String many = "items:\n" + items(0, 2_500);

        assertThat(Site.counts(site.put(many).is(201))).containsExactly(2_501, 0, 0, 0, 0);
        assertThat(Site.counts(site.put(many).is(200))).containsExactly(0, 0, 2_501, 0, 0);
        assertThat(Site.counts(site.put("items:\n" + items(1_000, 3_500)).is(200)))
                .containsExactly(1_000, 0, 1_501, 0, 1_000);
        assertThat(site.setup().path("items").size()).isEqualTo(2_500);
    }

    private static String items(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(number -> "  - { number: \"%d\", description: Item %d }\n".formatted(number, number))
                .collect(Collectors.joining());
    }

    private static List<Reply> atOnce(List<String> lists, Site site) {
        var start = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> answers = lists.stream()
                    .map(document -> clients.submit(() -> {
                        start.await();
                        return site.put(document);
                    }))
                    .toList();
            start.countDown();
            return answers.stream().map(SetupsAtOnceTest::result).toList();
        }
    }

    private static Reply result(Future<Reply> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
