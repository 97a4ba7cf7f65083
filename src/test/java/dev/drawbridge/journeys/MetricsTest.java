package dev.drawbridge.journeys;

import static dev.drawbridge.fixtures.OrderJson.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.fixtures.Api;
import dev.drawbridge.fixtures.Castle;
import dev.drawbridge.fixtures.TestServer;
import dev.drawbridge.platform.time.Job;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator's dashboard is made from; the names are part of docs/operations.md. */
class MetricsTest {

    private static Api partner;

    @BeforeAll
    static void openTheCastle() {
        partner = Castle.opened().partner(Castle.JOURNEY_DEALS);
    }

    @Test
    void accepted_and_settled_orders_are_counted() {
        double accepted = value("ocm_orders_accepted_total{mode=\"synchronous\"}");
        double issued = value("ocm_orders_settled_total{status=\"Issued\"}");

        partner.post(
                        "/channelManager?sync=1",
                        order().paid()
                                .line("31001", 1, Castle.weekday(), "10:00:00")
                                .toString())
                .is(201);

        assertThat(value("ocm_orders_accepted_total{mode=\"synchronous\"}")).isEqualTo(accepted + 1);
        assertThat(value("ocm_orders_settled_total{status=\"Issued\"}")).isEqualTo(issued + 1);
    }

    @Test
    void who_is_refused_is_counted() {
        double missing = value("ocm_auth_failed_total{reason=\"missing\"}");
        double refused = value("ocm_auth_failed_total{reason=\"refused\"}");

        partner.without("x-np-api-key").get("/helloworld").isProblem(401, "unauthorized");
        partner.key("garbage").get("/helloworld").isProblem(401, "unauthorized");

        assertThat(value("ocm_auth_failed_total{reason=\"missing\"}")).isEqualTo(missing + 1);
        assertThat(value("ocm_auth_failed_total{reason=\"refused\"}")).isEqualTo(refused + 1);
    }

    @Test
    void a_replayed_answer_is_counted() {
        double before = value("ocm_idempotent_replay_total");
        Api keyed = partner.with("Idempotency-Key", "metrics-1");
        String body = order().line("31001", 1, Castle.weekday(), "10:00:00").toString();

        keyed.post("/channelManager", body).is(201);
        keyed.post("/channelManager", body).is(201);

        assertThat(value("ocm_idempotent_replay_total")).isEqualTo(before + 1);
    }

    @Test
    void what_waits_can_be_watched() {
        TestServer.running().beans(Job.class).stream()
                .filter(job -> job.name().equals("feed-lag"))
                .forEach(Job::runOnce);

        assertThat(scraped())
                .contains(
                        "ocm_jobs_ready ",
                        "ocm_jobs_oldest_ready_seconds ",
                        "ocm_orders_in_state{status=\"Processing\"} ",
                        "ocm_holds_active ",
                        "ocm_feed_unstamped_rows ",
                        "ocm_feed_horizon_lag_seconds ",
                        "ocm_webhook_oldest_pending_seconds ");
    }

    private static double value(String series) {
        return scraped()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static String scraped() {
        return TestServer.running().bean(PrometheusMeterRegistry.class).scrape();
    }
}
