package dev.drawbridge.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Reply;
import dev.drawbridge.fixtures.TestClock;
import dev.drawbridge.fixtures.TestCompany;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.time.Job;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRequestTest {

    private static final String BODY = "{\"text\": \"a\"}";

    @RegisterExtension
    final TestClock clock = new TestClock();

    private final TestCompany company = TestCompany.fresh();
    private final Api api = company.operator();
    private final Api keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());

    @BeforeAll
    static void routes() {
        TestRoutes.register();
    }

    @Test
    void a_repeated_request_returns_the_first_answer() {
        Reply first = keyed.post("/test/echo", BODY).is(201);
        Reply second = keyed.post("/test/echo", BODY).is(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(first.header("idempotency-replayed")).isEmpty();
        assertThat(second.header("idempotency-replayed")).contains("true");
        assertThat(second.header("x-request-id")).isNotEqualTo(first.header("x-request-id"));
    }

    @Test
    void without_a_key_every_request_counts() {
        assertThat(api.post("/test/echo", BODY).is(201).at("/count"))
                .isNotEqualTo(api.post("/test/echo", BODY).is(201).at("/count"));
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        keyed.post("/test/echo", BODY).is(201);

        keyed.post("/test/echo", "{\"text\": \"b\"}").isProblem(422, "idempotency_key_reused");
        keyed.post("/test/echo", BODY + " ").isProblem(422, "idempotency_key_reused");
        keyed.post("/test/echo?x=1", BODY).isProblem(422, "idempotency_key_reused");
        keyed.put("/test/echo", BODY).isProblem(422, "idempotency_key_reused");
        keyed.post("/test/apart", BODY).isProblem(422, "idempotency_key_reused");
        keyed.post("/test/echo", BODY).is(201);
    }

    @Test
    void keys_of_two_api_keys_are_independent() {
        Reply first = keyed.post("/test/echo", BODY).is(201);
        String sameKey = "shared";
        Reply mine =
                api.with("Idempotency-Key", sameKey).post("/test/echo", BODY).is(201);
        Reply other = company.operator()
                .with("Idempotency-Key", sameKey)
                .post("/test/echo", BODY)
                .is(201);

        assertThat(other.at("/count")).isNotEqualTo(mine.at("/count")).isNotEqualTo(first.at("/count"));
    }

    @Test
    void a_final_refusal_is_kept_too() {
        int before = TestRoutes.EFFECTS.get();
        Reply first =
                keyed.post("/test/refusal", "{\"code\": \"VALIDATION_FAILED\"}").isProblem(400, "validation_failed");
        Reply second =
                keyed.post("/test/refusal", "{\"code\": \"VALIDATION_FAILED\"}").isStatus(400);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("idempotency-replayed")).contains("true");
        assertThat(TestRoutes.EFFECTS).hasValue(before + 1);
    }

    @Test
    void malformed_json_is_a_final_refusal() {
        Reply first = keyed.post("/test/echo", "{").isProblem(400, "invalid_json");

        assertThat(keyed.post("/test/echo", "{").isStatus(400).text()).isEqualTo(first.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORBIDDEN", "IDEMPOTENCY_IN_PROGRESS", "RATE_LIMITED", "OVERLOADED", "INTERNAL_ERROR"})
    void a_refusal_that_may_pass_is_not_kept(String code) {
        String body = "{\"code\": \"" + code + "\"}";
        int before = TestRoutes.EFFECTS.get();
        keyed.post("/test/refusal", body);

        assertThat(keyed.post("/test/refusal", body).header("idempotency-replayed"))
                .isEmpty();
        assertThat(TestRoutes.EFFECTS).hasValue(before + 2);
    }

    @Test
    void a_refused_body_type_is_not_kept() {
        keyed.with("Content-Type", "text/plain").post("/test/echo", BODY).isProblem(415, "unsupported_media_type");

        keyed.post("/test/echo", BODY).is(201);
    }

    @Test
    void while_the_first_runs_the_second_is_told_to_wait() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reply> request = () -> keyed.post("/test/slow", BODY);
            var first = threads.submit(request);
            assertThat(TestRoutes.BEGUN.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

            Reply second = keyed.post("/test/slow", BODY).isProblem(409, "idempotency_in_progress");
            TestRoutes.GO_ON.release();

            assertThat(second.header("retry-after")).contains("1");
            first.get().is(200);
            assertThat(keyed.post("/test/slow", BODY).is(200).text())
                    .isEqualTo(first.get().text());
        }
    }

    @Test
    void an_answer_is_kept_for_24_hours() {
        Reply first = keyed.post("/test/echo", BODY).is(201);

        clock.advance(Duration.ofHours(24).minusSeconds(10));
        assertThat(keyed.post("/test/echo", BODY).is(201).text()).isEqualTo(first.text());

        clock.advance(Duration.ofSeconds(11));
        Reply afresh = keyed.post("/test/echo", BODY).is(201);
        assertThat(afresh.text()).isNotEqualTo(first.text());
        assertThat(keyed.post("/test/echo", BODY).is(201).text()).isEqualTo(afresh.text());
    }

    @Test
    void an_outdated_answer_is_deleted() {
        Reply first = keyed.post("/test/echo", BODY).is(201);
        job("idempotency-purge").runOnce();
        assertThat(keyed.post("/test/echo", BODY).is(201).text()).isEqualTo(first.text());

        clock.advance(Duration.ofHours(24));
        job("idempotency-purge").runOnce();
        clock.restore();

        assertThat(keyed.post("/test/echo", BODY).is(201).text()).isNotEqualTo(first.text());
    }

    private static Job job(String name) {
        return TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_secret_is_shown_once() {
        assertThat(keyed.post("/test/secret", "{}").is(200).text()).isEqualTo("{\"secret\":\"s3cr3t\"}");
        assertThat(keyed.post("/test/secret", "{}").is(200).text()).isEqualTo("{\"secretShown\":true}");
    }

    @Test
    void a_secret_whose_commit_was_not_heard_of_is_shown_all_the_same() {
        TestRoutes.nextReplyIsLost();
        Reply first = keyed.post("/test/secret", "{}").is(200);

        assertThat(first.text()).isEqualTo("{\"secret\":\"s3cr3t\"}");
        assertThat(first.header("idempotency-replayed")).isEmpty();
        assertThat(keyed.post("/test/secret", "{}").is(200).text()).isEqualTo("{\"secretShown\":true}");
    }

    @Test
    void work_that_was_accepted_but_not_answered_goes_on() {
        TestRoutes.finishFails(1);
        int before = TestRoutes.EFFECTS.get();
        keyed.post("/test/long", "{}").isProblem(500, "internal_error");
        Reply second = keyed.post("/test/long", "{}").is(201);
        Reply third = keyed.post("/test/long", "{}").is(201);

        assertThat(second.at("/way")).isEqualTo("resumed");
        assertThat(second.header("idempotency-replayed")).isEmpty();
        assertThat(third.text()).isEqualTo(second.text());
        assertThat(third.header("idempotency-replayed")).contains("true");
        assertThat(TestRoutes.EFFECTS).hasValue(before + 1);
    }

    @Test
    void work_that_was_accepted_without_hearing_of_it_goes_on_in_the_same_request() {
        int before = TestRoutes.EFFECTS.get();
        TestRoutes.nextReplyIsLost();
        Reply first = keyed.post("/test/long", "{}").is(201);

        assertThat(first.at("/way")).isEqualTo("finished");
        assertThat(TestRoutes.EFFECTS).hasValue(before + 1);
    }

    @Test
    void work_that_was_answered_is_not_done_again() {
        Reply first = keyed.post("/test/long", "{}").is(201);

        assertThat(first.at("/way")).isEqualTo("finished");
        assertThat(keyed.post("/test/long", "{}").is(201).text()).isEqualTo(first.text());
        assertThat(api.post("/test/long", "{}").is(201).at("/way")).isEqualTo("finished");
    }

    @Test
    void work_in_several_transactions_is_answered_once() {
        Reply first = keyed.post("/test/apart", "{}").is(200);

        assertThat(keyed.post("/test/apart", "{}").is(200).text()).isEqualTo(first.text());
    }

    @Test
    void work_in_several_transactions_that_failed_may_be_done_again() {
        int before = TestRoutes.EFFECTS.get();
        keyed.post("/test/apart?fail=1", "{}").isProblem(500, "internal_error");
        keyed.post("/test/apart?fail=1", "{}").isProblem(500, "internal_error");

        assertThat(TestRoutes.EFFECTS).hasValue(before + 2);
    }

    @Test
    void work_whose_commit_was_lost_is_found_undone_and_done() {
        int before = TestRoutes.EFFECTS.get();
        TestRoutes.nextCommitDies();
        Reply first = keyed.post("/test/commit", "{}").is(200);

        assertThat(TestRoutes.EFFECTS).hasValue(before + 2);
        assertThat(keyed.post("/test/commit", "{}").is(200).text()).isEqualTo(first.text());
    }

    @Test
    void a_key_has_1_to_255_visible_characters() {
        api.with("Idempotency-Key", "k".repeat(255)).post("/test/echo", BODY).is(201);
        for (String refused : new String[] {"", "k".repeat(256), "with blank"}) {
            assertThat(api.with("Idempotency-Key", refused)
                            .post("/test/echo", BODY)
                            .isProblem(400, "validation_failed")
                            .fields())
                    .as(refused)
                    .containsExactly("Idempotency-Key");
        }
    }
}
